// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Sources;

namespace LrngEngine.Tests.Drng;

/// <summary>A source that credits what it is told, even more than it was asked for, and fills its slot with a running number.</summary>
internal sealed class ScriptedSource(string name, int bitsPerPull) : EntropySource
{
    private byte _fill;

    public override string Name => name;

    public int BitsPerPull { get; set; } = bitsPerPull;

    /// <summary>Pulls that deliver before the source is drained.</summary>
    public int PullsLeft { get; set; } = int.MaxValue;

    public int Pulls { get; private set; }

    /// <summary>Bits that the last pull asked for.</summary>
    public int LastRequest { get; private set; }

    /// <summary>How often everything collected was given up.</summary>
    public int Discards { get; private set; }

    public SourceState State { get; set; } = SourceState.Running;

    /// <summary>Called at each pull.</summary>
    public Action OnPull { get; set; } = () => { };

    /// <summary>Called when it is asked what it could give.</summary>
    public Action OnEstimate { get; set; } = () => { };

    public override SourceStatus Status => new(State, BitsPerPull, "scripted");

    public override IReadOnlyList<string> TypeLines => [$"Available entropy: {AvailableEntropy(256)}"];

    public override int GetEntropy(Span<byte> slot, int requestedBits)
    {
        Pulls++;
        LastRequest = requestedBits;
        slot.Fill(++_fill);
        OnPull();
        if (PullsLeft == 0)
        {
            return 0;
        }

        PullsLeft--;
        return BitsPerPull;
    }

    public override int AvailableEntropy(int requestedBits)
    {
        OnEstimate();
        return PullsLeft == 0 ? 0 : Math.Min(BitsPerPull, requestedBits);
    }

    public override void Discard() => Discards++;

    public void Announce() => OnEntropyArrived();

    public override void Dispose()
    {
    }
}
