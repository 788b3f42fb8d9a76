// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics;
using System.Security.Cryptography;
using Tmds.Linux;

namespace LrngEngine.Sources.KernelRng;

/// <summary>
/// The kernel's generator as entropy source "KernelRNG". Before the kernel has initialised it, the slot is filled all the same
/// and credited 0; afterwards it earns its credit (LRNG's intent; its code had the two the wrong way round).
/// </summary>
public sealed class KernelRngSource : EntropySource, ICreditedSource
{
    private readonly KernelRandom _random;
    private volatile SourceCredit _credit;
    private volatile Condition _condition;

    /// <summary>Makes the source and asks the kernel once whether it is ready.</summary>
    /// <param name="random">The system call.</param>
    /// <param name="credit">Credit once the kernel is ready; null for the default of 128.</param>
    public KernelRngSource(KernelRandom random, SourceCredit? credit = null)
    {
        ArgumentNullException.ThrowIfNull(random);
        _random = random;
        _credit = credit ?? DefaultCredit;

        _condition = Probe(_random);
    }

    /// <summary>Half of the data bits, as ESDM credits it: the kernel's generator may be seeded from the same events as other
    /// sources.</summary>
    public static SourceCredit DefaultCredit { get; } = new(128, "kernel generator, credited half");

    /// <summary>What it is credited where only assessed sources count.</summary>
    public static SourceCredit UnassessedCredit { get; } = new(0, "not an assessed entropy source (SP 800-90C)");

    /// <summary>Beside credited interrupts.</summary>
    public static SourceCredit DependentCredit { get; } = new(0, "interrupts are credited, and the kernel's generator rests on them too");

    /// <inheritdoc/>
    public override string Name => "KernelRNG";

    /// <summary>Credit of every 256 data bits once the kernel is ready.</summary>
    public SourceCredit Credit
    {
        get => _credit;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _credit = value;
        }
    }

    /// <inheritdoc/>
    public override SourceStatus Status
    {
        get
        {
            Condition condition = _condition;
            SourceCredit credit = _credit;
            return condition.Ready
                ? new SourceStatus(condition.State, credit.BitsPer256, credit.Reason)
                : new SourceStatus(condition.State, 0, condition.Reason);
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> TypeLines =>
    [
        $"Available entropy: {AvailableEntropy(EntropyMath.RateUnitBits)}",
        $"Entropy Rate per 256 data bits: {_credit.BitsPer256}",
    ];

    /// <inheritdoc/>
    public override int GetEntropy(Span<byte> slot, int requestedBits)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(requestedBits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(requestedBits, slot.Length * 8);
        Span<byte> data = slot[..(requestedBits / 8)];
        int error = _random.Fill(data, KernelRandomFlags.NonBlocking);
        Condition before = _condition;
        Condition now = Judge(error);
        _condition = now;
        if (error == -LibC.EAGAIN)
        {
            // Uncredited, and missing on kernels before 5.6: then the slot stays zero.
            if (_random.Fill(data, KernelRandomFlags.Insecure) != 0)
            {
                data.Clear();
            }

            return 0;
        }

        if (error != 0)
        {
            data.Clear();
            return 0;
        }

        if (before.State == SourceState.Waiting)
        {
            OnEntropyArrived();
        }

        return EntropyMath.FastLevel(_credit.BitsPer256, data.Length * 8);
    }

    /// <inheritdoc/>
    /// <remarks>While the kernel's generator is not initialised, each call asks whether it is now.</remarks>
    public override int AvailableEntropy(int requestedBits)
    {
        if (_condition.State == SourceState.Waiting)
        {
            _condition = Probe(_random);
        }

        return _condition.Ready ? EntropyMath.FastLevel(_credit.BitsPer256, EntropyMath.WholeBytes(requestedBits)) : 0;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
    }

    // getrandom(2) of no bytes succeeds even before initialisation, so one byte is asked for.
    private static Condition Probe(KernelRandom random)
    {
        Span<byte> probe = stackalloc byte[1];
        Condition condition = Judge(random.Fill(probe, KernelRandomFlags.NonBlocking));
        CryptographicOperations.ZeroMemory(probe);
        return condition;
    }

    private static Condition Judge(int error)
    {
        Debug.Assert(error <= 0, "0 or a negative errno");
        return error switch
        {
            0 => new Condition(SourceState.Running, "kernel generator is initialised"),
            _ when error == -LibC.EAGAIN => new Condition(SourceState.Waiting, "kernel generator is not initialised yet"),
            _ when error == -LibC.ENOSYS => new Condition(SourceState.Unavailable, "this kernel has no getrandom"),
            _ => new Condition(SourceState.Failed, $"getrandom failed (errno {-error})"),
        };
    }

    // State and reason change together.
    private sealed record Condition(SourceState State, string Reason)
    {
        public bool Ready => State == SourceState.Running;
    }
}
