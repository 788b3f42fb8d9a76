// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
//
// The seed buffer carries one pull of all entropy sources to a DRNG. In memory, packed in this order:
//
//     slot[0..N-1] of 48 bytes | 32-bit time stamp | N counts of credited bits, 32 bits each
//
// The whole buffer, counts included, is the seed, and is mixed back into the auxiliary pool, so that the pool forgets what it
// gave away (LRNG es_mgr; reference 4.2).
//
// In SP 800-90C mode only what is credited may be seed. There the slots of sources that were credited nothing are moved, after
// that, to a second row of slots which the DRNG takes as additional input.

using System.Buffers.Binary;
using System.Security.Cryptography;
using LrngEngine.Memory;
using LrngEngine.Sources;
using LrngEngine.Sources.Auxiliary;
using LrngEngine.Timing;
using Microsoft.Extensions.Logging;

namespace LrngEngine.Seeding;

/// <summary>One pull of all sources. Guarded by the seeding lock of its owner.</summary>
internal sealed class SeedBuffer : IDisposable
{
    /// <summary>Bytes of one source's slot: room for 384 bits, the initial request of SP 800-90C mode.</summary>
    internal const int SlotBytes = 48;

    private const int StampBytes = sizeof(uint);
    private const int CountBytes = sizeof(uint);

    private readonly IReadOnlyList<EntropySource> _sources;
    private readonly AuxiliaryPool _auxiliary;
    private readonly CycleCounter _counter;
    private readonly ILogger _logger;
    private readonly SecretBuffer _buffer;
    private readonly SecretBuffer? _uncredited;
    private readonly int[] _creditedBits;

    /// <param name="arena">Where the buffer lives.</param>
    /// <param name="sources">All sources in LRNG's order; the auxiliary pool is the last one.</param>
    /// <param name="counter">The time stamp of each pull.</param>
    /// <param name="logger">Receives the errors of sources.</param>
    /// <param name="separateUncredited">SP 800-90C mode: data without credit is additional input, not seed.</param>
    internal SeedBuffer(
        SecretArena arena, IReadOnlyList<EntropySource> sources, CycleCounter counter, ILogger logger, bool separateUncredited = false)
    {
        _sources = sources;
        // Its backtracking step hashes the complete buffer, so nothing may be filled in after it.
        _auxiliary = (AuxiliaryPool)sources[^1];
        _counter = counter;
        _logger = logger;
        _buffer = arena.Allocate((sources.Count * (SlotBytes + CountBytes)) + StampBytes);
        _uncredited = separateUncredited ? arena.Allocate(sources.Count * SlotBytes) : null;
        _creditedBits = new int[sources.Count];
    }

    /// <summary>The seed. Holds secrets until <see cref="Wipe"/>.</summary>
    internal ReadOnlySpan<byte> Content => _buffer.Span;

    /// <summary>What sources without credit delivered, where that is kept apart. Holds secrets until <see cref="Wipe"/>.</summary>
    internal ReadOnlySpan<byte> AdditionalInput => _uncredited is null ? [] : _uncredited.Span;

    /// <summary>Credited bits of each source in the last pull.</summary>
    internal ReadOnlySpan<int> CreditedBits => _creditedBits;

    /// <summary>Pulls every source once.</summary>
    /// <param name="requestedBits">Asked of each source.</param>
    /// <returns>The sum of all credits in bits.</returns>
    internal int Fill(int requestedBits)
    {
        Wipe();
        WriteStamp();
        int total = 0;
        for (int i = 0; i < _sources.Count; i++)
        {
            int bits = Pull(_sources[i], _buffer.Span.Slice(i * SlotBytes, SlotBytes), requestedBits);
            _creditedBits[i] = bits;
            BinaryPrimitives.WriteUInt32LittleEndian(CountSpan(i), (uint)bits);
            total += bits;
        }

        _auxiliary.Backtrack(_buffer.Span);
        SeparateUncredited();
        return total;
    }

    /// <summary>The pull that is made when too little entropy is available: a time stamp, and no source is spent (reference 3.6).</summary>
    internal void FillUncredited()
    {
        Wipe();
        WriteStamp();
        Array.Clear(_creditedBits);
    }

    internal void Wipe()
    {
        _buffer.Wipe();
        _uncredited?.Wipe();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _buffer.Dispose();
        _uncredited?.Dispose();
    }

    private void SeparateUncredited()
    {
        for (int i = 0; _uncredited is not null && i < _sources.Count; i++)
        {
            if (_creditedBits[i] == 0)
            {
                Span<byte> slot = _buffer.Span.Slice(i * SlotBytes, SlotBytes);
                slot.CopyTo(_uncredited.Span[(i * SlotBytes)..]);
                CryptographicOperations.ZeroMemory(slot);
            }
        }
    }

    private void WriteStamp() =>
        BinaryPrimitives.WriteUInt32LittleEndian(_buffer.Span.Slice(_sources.Count * SlotBytes, StampBytes), (uint)_counter.Read());

    private Span<byte> CountSpan(int source) =>
        _buffer.Span.Slice((_sources.Count * SlotBytes) + StampBytes + (source * CountBytes), CountBytes);

    // A source that throws must not cost the others their bits: its slot is emptied and counts nothing.
    private int Pull(EntropySource source, Span<byte> slot, int requestedBits)
    {
        try
        {
            int bits = source.GetEntropy(slot, Math.Min(requestedBits, slot.Length * 8));
            return Math.Clamp(bits, 0, requestedBits);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            slot.Clear();
            Log.SourceThrew(_logger, source.Name, error);
            return 0;
        }
    }
}
