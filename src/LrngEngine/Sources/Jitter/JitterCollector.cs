// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using LrngEngine.Health;
using LrngEngine.Memory;
using LrngEngine.Timing;

namespace LrngEngine.Sources.Jitter;

/// <summary>
/// Collects the jitter of the CPU's execution time after the published design of the Jitter RNG (S. Müller): each measurement
/// runs a memory loop and a hash loop and reads the cycle counter once; the difference to the reading before is the raw noise,
/// which is health-tested and conditioned with SHA3-512. Not synchronised: the owner's lock guards it.
/// </summary>
public sealed unsafe class JitterCollector : IDisposable
{
    /// <summary>Default oversampling rate osr: every delta is taken to carry 1/osr bits of min-entropy.</summary>
    public const int DefaultOversampling = 3;

    /// <summary>Largest oversampling rate.</summary>
    public const int MaxOversampling = 20;

    /// <summary>Largest block in bits: one SHA3-512 digest.</summary>
    public const int MaxBlockBits = 512;

    /// <summary>A vetted conditioner gives full entropy with 64 bits more at its input than at its output (SP 800-90C).</summary>
    public const int SafetyBits = 64;

    // jitterentropy discards the first measurements, which fill caches and branch predictors.
    private const int WarmUpMeasurements = 100;

    private readonly CycleCounter _counter;
    private readonly JitterMemory _memory;
    private readonly int _memoryBits;
    private readonly SecretBuffer _state;
    private readonly SecretBuffer _output;
    private ulong _divisor = 1;

    /// <summary>Makes a collector; nothing is measured yet.</summary>
    /// <param name="counter">The clock.</param>
    /// <param name="arena">Where the state lives (about 600 bytes).</param>
    /// <param name="oversampling">osr, 1..20.</param>
    /// <param name="memoryBytes">Memory to walk: a power of two, 64 KiB..8 MiB; null: twice the L2 cache.</param>
    public JitterCollector(CycleCounter counter, SecretArena arena, int oversampling = DefaultOversampling, int? memoryBytes = null)
    {
        ArgumentNullException.ThrowIfNull(counter);
        ArgumentNullException.ThrowIfNull(arena);
        ArgumentOutOfRangeException.ThrowIfLessThan(oversampling, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(oversampling, MaxOversampling);
        _counter = counter;
        Oversampling = oversampling;
        Cutoffs = new NoiseCutoffs(1.0 / oversampling);
        _memory = new JitterMemory(memoryBytes ?? JitterMemory.SizeForCaches());
        _memoryBits = BitOperations.Log2((uint)_memory.Bytes);
        _state = arena.Allocate(sizeof(JitterState));
        _output = arena.Allocate(MaxBlockBits / 8);
    }

    /// <summary>The oversampling rate osr.</summary>
    public int Oversampling { get; }

    /// <summary>Bytes that the memory loop walks.</summary>
    public int MemoryBytes => _memory.Bytes;

    /// <summary>The step of the clock in ticks, known after a start-up test.</summary>
    public ulong Divisor => _divisor;

    internal NoiseCutoffs Cutoffs { get; }

    /// <summary>The test that ended the last collection that a health test ended.</summary>
    internal HealthFailure LastFailure { get; private set; }

    private ref JitterState State => ref MemoryMarshal.AsRef<JitterState>(_state.Span);

    /// <summary>Deltas that a block takes: (bits + 64) * osr, none of them stuck.</summary>
    public static int MeasurementsFor(int blockBits, int oversampling) => (blockBits + SafetyBits) * oversampling;

    /// <summary>Runs the start-up test over fresh measurements and discards them. The counters of the continuous health tests
    /// go on, so that a fault which outlasts the restart reaches the permanent cut-off.</summary>
    public JitterStartupReport RunStartup()
    {
        // These deltas are discarded, so they need no room in the locked arena; wiped all the same, being neighbours of used ones.
        ulong* deltas = (ulong*)NativeMemory.Alloc(JitterStartup.Samples, sizeof(ulong));
        var samples = new Span<ulong>(deltas, JitterStartup.Samples);
        try
        {
            _ = MeasureRaw(samples, goesOn: null);
            JitterStartupReport report = JitterStartup.Evaluate(samples, ref State.Health, Cutoffs);
            _divisor = report.Divisor;
            return report;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(samples));
            NativeMemory.Free(deltas);
        }
    }

    /// <summary>Records raw deltas in counter ticks, undivided and untested (SP 800-90B 3.1.1). They are diverted: the
    /// conditioner never sees them, and what it held is discarded.</summary>
    /// <param name="deltas">Filled with consecutive deltas.</param>
    /// <param name="goesOn">Asked before each measurement, with the number of deltas so far; false ends the recording.</param>
    /// <returns>Number of deltas recorded.</returns>
    public int RecordDeltas(Span<ulong> deltas, Func<int, bool>? goesOn = null)
    {
        int recorded = MeasureRaw(deltas, goesOn);
        State.ClearConditioner();
        return recorded;
    }

    /// <summary>Forgets all noise that was collected and not yet delivered.</summary>
    public void Discard() => State.ClearConditioner();

    /// <inheritdoc/>
    public void Dispose()
    {
        _output.Dispose();
        _state.Dispose();
        _memory.Dispose();
    }

    /// <summary>Collects one block.</summary>
    /// <param name="block">8..64 bytes, written only if the result is <see cref="JitterCollection.Complete"/>.</param>
    /// <param name="interrupted">Asked before each measurement (a few microseconds); true ends the collection.</param>
    internal JitterCollection Collect(Span<byte> block, Func<bool> interrupted)
    {
        Debug.Assert(block.Length is >= 8 and <= MaxBlockBits / 8, "one SHA3-512 digest at most");
        int needed = MeasurementsFor(block.Length * 8, Oversampling);
        ref JitterState state = ref State;

        // The time since the last block is no noise of the loops: this delta is not used.
        _ = Measure(ref state);
        while (state.Collected < needed)
        {
            if (interrupted())
            {
                return JitterCollection.Interrupted;
            }

            ulong delta = JitterStartup.Divide(Measure(ref state), _divisor);
            HealthVerdict verdict = state.Health.Add(delta, Cutoffs, out bool stuck);
            if (verdict != HealthVerdict.Pass)
            {
                LastFailure = state.Health.Failure(verdict, Cutoffs);
                return verdict == HealthVerdict.PermanentFailure
                    ? JitterCollection.PermanentFailure
                    : JitterCollection.IntermittentFailure;
            }

            if (!stuck)
            {
                state.Absorb(delta);
                state.Collected++;
            }
        }

        state.Squeeze(MemoryMarshal.Cast<byte, ulong>(_output.Span));
        _output.Span[..block.Length].CopyTo(block);
        _output.Wipe();
        return JitterCollection.Complete;
    }

    private int MeasureRaw(Span<ulong> deltas, Func<int, bool>? goesOn)
    {
        ref JitterState state = ref State;
        for (int i = 0; i < WarmUpMeasurements; i++)
        {
            _ = Measure(ref state);
        }

        int recorded = 0;
        while (recorded < deltas.Length && goesOn?.Invoke(recorded) != false)
        {
            deltas[recorded++] = Measure(ref state);
        }

        return recorded;
    }

    private ulong Measure(ref JitterState state)
    {
        JitterNoise.AccessMemory(_memory.Address, _memoryBits, ref state.Walk, JitterNoise.MemoryAccesses);
        JitterNoise.Hash(state.Scratch, state.NoiseDigest, state.PreviousDelta, JitterNoise.HashLoops);
        ulong now = _counter.Read();
        ulong delta = unchecked(now - state.PreviousTime);
        state.PreviousTime = now;
        state.PreviousDelta = delta;
        return delta;
    }
}
