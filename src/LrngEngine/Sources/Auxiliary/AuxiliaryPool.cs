// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics;
using System.Security.Cryptography;
using LrngEngine.Crypto;
using LrngEngine.Memory;

namespace LrngEngine.Sources.Auxiliary;

/// <summary>
/// The pool "Auxiliary" that takes data from outside: writes, RNDADDENTROPY, hardware generators, and every seed buffer that was
/// used. One running hash with a count of the entropy credited to it. Thread-safe; writers are many.
/// </summary>
/// <remarks>
/// Extraction, with || for concatenation: D = H(pool); output = H(1 || D), truncated; key = H(2 || D); the next pool begins with
/// the whole key. LRNG emptied the pool instead and fed it only the seed buffer, so that credit left over stood for data that the
/// reader of that seed could compute. Here the surplus of D lives on in the key.
/// </remarks>
public sealed class AuxiliaryPool : EntropySource, IConditioned
{
    private const byte OutputDomain = 1;
    private const byte KeyDomain = 2;

    // SHA-512 and SHA3-512.
    private const int LargestDigestBytes = 64;

    private readonly SecretArena _arena;
    private readonly int _oversamplingBits;

    // All guarded by _lock.
    private readonly Lock _lock = new();
    private readonly SecretBuffer _digests;
    private ConditioningHash _hash;
    private int _entropyBits;

    /// <summary>Makes an empty pool.</summary>
    /// <param name="hash">The conditioner, initialised; the pool owns it from now on.</param>
    /// <param name="arena">Where intermediate digests live: 128 bytes.</param>
    /// <param name="oversamplingBits">Collected bits that a conditioned output costs beyond its credit: 64 in SP 800-90C mode.</param>
    public AuxiliaryPool(ConditioningHash hash, SecretArena arena, int oversamplingBits = 0)
    {
        ArgumentNullException.ThrowIfNull(hash);
        ArgumentNullException.ThrowIfNull(arena);
        ArgumentOutOfRangeException.ThrowIfNegative(oversamplingBits);
        _hash = hash;
        _arena = arena;
        _oversamplingBits = oversamplingBits;
        _digests = arena.Allocate(2 * LargestDigestBytes);
    }

    /// <summary>Raised when credit was taken away, other than by a seeding. Handlers must not block.</summary>
    internal event Action? CreditLowered;

    /// <summary>Raised after each pull, on the thread that pulled: who adds entropy from outside may do so once more, and the pool may
    /// have room again. Handlers must not block.</summary>
    internal event Action? EntropyTaken;

    /// <summary>Raised after <see cref="Discard"/>: what its feeders collected ahead is not to be trusted either. Handlers must not block.</summary>
    internal event Action? Discarded;

    /// <inheritdoc/>
    public override string Name => "Auxiliary";

    /// <inheritdoc/>
    public override bool KeepsStock => true;

    /// <summary>Most entropy that the pool holds, in bits: one digest.</summary>
    public int CapacityBits
    {
        get
        {
            lock (_lock)
            {
                return DigestBits;
            }
        }
    }

    /// <summary>Entropy credited to the pool in bits. Set by the administrator's ioctls and by resets; clamped to
    /// 0..<see cref="CapacityBits"/>.</summary>
    public int EntropyBits
    {
        get
        {
            lock (_lock)
            {
                return _entropyBits;
            }
        }

        set
        {
            bool lowered;
            lock (_lock)
            {
                lowered = value < _entropyBits;
                _entropyBits = Math.Clamp(value, 0, DigestBits);
            }

            ReportIf(lowered);
        }
    }

    /// <summary>Entropy that seedings can take, in bits: the credit less what its conditioner costs.</summary>
    internal int AvailableBits
    {
        get
        {
            lock (_lock)
            {
                return EntropyMath.Reduce(_entropyBits, _oversamplingBits);
            }
        }
    }

    /// <summary>Most that <see cref="AvailableBits"/> can be.</summary>
    internal int MaximumAvailableBits
    {
        get
        {
            lock (_lock)
            {
                return EntropyMath.Reduce(DigestBits, _oversamplingBits);
            }
        }
    }

    /// <inheritdoc/>
    public override SourceStatus Status
    {
        get
        {
            lock (_lock)
            {
                return new SourceStatus(
                    SourceState.Running,
                    EntropyMath.RateUnitBits,
                    "credited as its writers declare",
                    $"entropy {_entropyBits} of {DigestBits} bits, hash {_hash.Name}");
            }
        }
    }

    private int DigestBits => _hash.DigestBytes * 8;

    /// <inheritdoc/>
    public override IReadOnlyList<string> TypeLines
    {
        get
        {
            lock (_lock)
            {
                return
                [
                    $"Hash for operating entropy pool: {_hash.Name}",
                    $"Available entropy: {AvailableEntropy(EntropyMath.RateUnitBits)}",
                ];
            }
        }
    }

    /// <summary>Mixes data of any length into the pool.</summary>
    /// <param name="data">The data.</param>
    /// <param name="bits">Entropy that the writer claims for it; clamped to 0..8 * length, and the pool's total to one digest.</param>
    public void Insert(ReadOnlySpan<byte> data, long bits)
    {
        int credited;
        lock (_lock)
        {
            credited = (int)Math.Clamp(bits, 0, Math.Min(8L * data.Length, DigestBits));
            _hash.Update(data);
            _entropyBits = Math.Min(_entropyBits + credited, DigestBits);
        }

        if (credited > 0)
        {
            OnEntropyArrived();
        }
    }

    /// <summary>Corrects the credit by hand, without data (RNDADDTOENTCNT): what readers of the count are shown plus
    /// <paramref name="deltaBits"/> is the new credit. Triggers no seeding.</summary>
    /// <param name="deltaBits">May be negative; the result is clamped to 0..<see cref="CapacityBits"/>.</param>
    public void AddCredit(int deltaBits)
    {
        bool lowered;
        lock (_lock)
        {
            // credit = clamp(reduce(credit) + delta, 0, digest); reference 7.5
            int before = _entropyBits;
            long shown = EntropyMath.Reduce(before, _oversamplingBits);
            _entropyBits = (int)Math.Clamp(shown + deltaBits, 0, DigestBits);
            lowered = _entropyBits < before;
        }

        ReportIf(lowered);
    }

    /// <summary>Mixes a complete seed buffer back into the pool, uncredited, after this pool's slot was taken from it.</summary>
    public void Backtrack(ReadOnlySpan<byte> wholeSeedBuffer) => Insert(wholeSeedBuffer, 0);

    /// <inheritdoc/>
    /// <remarks>Requests beyond one digest are answered by one digest. The slot is filled whatever the credit.</remarks>
    public override int GetEntropy(Span<byte> slot, int requestedBits)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(requestedBits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(requestedBits, slot.Length * 8);
        int credited;
        lock (_lock)
        {
            int request = EntropyMath.WholeBytes(Math.Min(requestedBits, DigestBits));
            int taken = Math.Min(_entropyBits, request + _oversamplingBits);
            _entropyBits -= taken;
            Extract(slot[..(request / 8)]);
            credited = EntropyMath.Reduce(taken, _oversamplingBits);
            Log.AuxiliaryObtained(Steps, credited, taken, _entropyBits);
        }

        EntropyTaken?.Invoke();
        return credited;
    }

    /// <inheritdoc/>
    public override int AvailableEntropy(int requestedBits)
    {
        lock (_lock)
        {
            int request = EntropyMath.WholeBytes(Math.Min(requestedBits, DigestBits));
            int taken = Math.Min(_entropyBits, request + _oversamplingBits);
            return EntropyMath.Reduce(taken, _oversamplingBits);
        }
    }

    /// <summary>Replaces the hash: the digest of the old pool begins the new one.</summary>
    /// <param name="hash">Initialised; the pool owns it from now on, and the old one is disposed.</param>
    public void SwitchHash(ConditioningHash hash)
    {
        ArgumentNullException.ThrowIfNull(hash);
        lock (_lock)
        {
            Span<byte> digest = _digests.Span[.._hash.DigestBytes];
            try
            {
                _hash.Finish(digest);
                hash.Update(digest);
            }
            finally
            {
                _digests.Wipe();
            }

            // No more than passed through the narrower of the two.
            _entropyBits = Math.Min(_entropyBits, 8 * Math.Min(_hash.DigestBytes, hash.DigestBytes));
            _hash.Dispose();
            _hash = hash;
        }
    }

    PreparedHash IConditioned.PrepareHash(ConditioningHashFactory hash) => new(hash.Create(_arena), SwitchHash);

    /// <inheritdoc/>
    /// <remarks>Only the credit is dropped: the content does no harm and may be unknown to others.</remarks>
    public override void Discard()
    {
        EntropyBits = 0;
        Discarded?.Invoke();
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        lock (_lock)
        {
            _hash.Dispose();
            _digests.Dispose();
        }
    }

    private void ReportIf(bool lowered)
    {
        if (lowered)
        {
            CreditLowered?.Invoke();
        }
    }

    // Under _lock.
    private void Extract(Span<byte> output)
    {
        int length = _hash.DigestBytes;
        Debug.Assert(length <= LargestDigestBytes, "the buffers hold the largest digest");
        Span<byte> pool = _digests.Span[..length];
        Span<byte> derived = _digests.Span.Slice(LargestDigestBytes, length);
        try
        {
            // D = H(pool)
            _hash.Finish(pool);

            // output = H(1 || D)
            Derive(OutputDomain, pool, derived);
            derived[..output.Length].CopyTo(output);

            // key = H(2 || D); pool = key
            Derive(KeyDomain, pool, derived);
            _hash.Update(derived);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(_digests.Span);
        }
    }

    private void Derive(byte domain, ReadOnlySpan<byte> pool, Span<byte> derived)
    {
        _hash.Update([domain]);
        _hash.Update(pool);
        _hash.Finish(derived);
    }
}
