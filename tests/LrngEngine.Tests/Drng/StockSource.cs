// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Sources;

namespace LrngEngine.Tests.Drng;

/// <summary>
/// A source that really holds what it credits: a counted stock of bits, filled by tests and drained by pulls. At any moment
/// inserted = spent + left + dropped. Thread-safe.
/// </summary>
internal sealed class StockSource(string name, int capacityBits = int.MaxValue, int bitsPerPull = int.MaxValue) : EntropySource
{
    private readonly Lock _lock = new();

    // All guarded by _lock.
    private long _inserted;
    private long _spent;
    private long _dropped;
    private int _left;
    private ulong _pulls;

    public override string Name => name;

    /// <summary>One that gives a limited amount at each pull can be pulled again and again.</summary>
    public override bool KeepsStock => bitsPerPull == int.MaxValue;

    public override SourceStatus Status => new(SourceState.Running, 256, "in stock", $"left {Left}");

    public override IReadOnlyList<string> TypeLines => [$"Available entropy: {AvailableEntropy(256)}"];

    /// <summary>Makes of the bits that were taken those that are reported. May throw, wait or lie.</summary>
    public Func<int, int> Report { get; set; } = bits => bits;

    /// <summary>Bits put in, those included that did not fit.</summary>
    public long Inserted => Locked(() => _inserted);

    /// <summary>Bits taken out by pulls, whatever was reported of them.</summary>
    public long Spent => Locked(() => _spent);

    /// <summary>Bits that did not fit or were discarded.</summary>
    public long Dropped => Locked(() => _dropped);

    public int Left => (int)Locked(() => _left);

    public long Pulls => Locked(() => (long)_pulls);

    public void Refill(int bits)
    {
        lock (_lock)
        {
            int added = Math.Min(bits, capacityBits - _left);
            _inserted += bits;
            _left += added;
            _dropped += bits - added;
        }

        OnEntropyArrived();
    }

    public override int GetEntropy(Span<byte> slot, int requestedBits)
    {
        int taken;
        lock (_lock)
        {
            taken = Math.Min(Math.Min(_left, bitsPerPull), requestedBits);
            _left -= taken;
            _spent += taken;
            BitConverter.TryWriteBytes(slot, ++_pulls);
        }

        return Report(taken);
    }

    public override int AvailableEntropy(int requestedBits) => Math.Min(Math.Min(Left, bitsPerPull), requestedBits);

    public override void Discard()
    {
        lock (_lock)
        {
            _dropped += _left;
            _left = 0;
        }
    }

    public override void Dispose()
    {
    }

    private long Locked(Func<long> read)
    {
        lock (_lock)
        {
            return read();
        }
    }
}
