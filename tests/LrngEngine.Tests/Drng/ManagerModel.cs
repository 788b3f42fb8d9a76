// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Drng;
using LrngEngine.Seeding;

namespace LrngEngine.Tests.Drng;

/// <summary>The manager's rules as arithmetic (reference 3.2 to 3.9, 4.4, 4.5): stocks of bits, counters, levels; no randomness, no
/// threads, no time.</summary>
/// <param name="nodes">Instances.</param>
/// <param name="bitsPerPull">What each source gives at once at most, the auxiliary pool being the last.</param>
/// <param name="options">Limits.</param>
internal sealed class ManagerModel(int nodes, int[] bitsPerPull, DrngManagerOptions options)
{
    private readonly int[] _sinceFullSeed = new int[nodes];
    private readonly bool[] _due = new bool[nodes];
    private readonly bool[] _requested = new bool[nodes];
    private readonly int[] _sourceBits = new int[bitsPerPull.Length];

    /// <summary>Bits that each source has.</summary>
    public int[] Left { get; } = new int[bitsPerPull.Length];

    /// <summary>Bits that each source would give now.</summary>
    public int[] Available => [.. Left.Select((bits, source) => Math.Min(bits, bitsPerPull[source]))];

    /// <summary>Bits of each source that seedings were credited.</summary>
    public long[] Credited { get; } = new long[bitsPerPull.Length];

    public bool[] Full { get; } = new bool[nodes];

    public long[] Seedings { get; } = new long[nodes];

    public long[] Generated { get; } = new long[nodes];

    public int[] UntilReseed { get; } = [.. Enumerable.Repeat(options.ReseedThreshold, nodes)];

    public SeedLevel Level { get; private set; }

    public long ResistantPulls { get; private set; }

    public long ResistantBytes { get; private set; }

    /// <summary>One byte for a reader on this node, or from the first instance while that one is not fully seeded.</summary>
    public void Generate(int node)
    {
        int serving = Full[node] ? node : 0;
        Generated[serving]++;
        UntilReseed[serving]--;
        _sinceFullSeed[serving]++;
        if (Full[serving] && _sinceFullSeed[serving] > options.MaximumWithoutFullReseed)
        {
            Full[serving] = false;
            Level = serving == 0 ? SeedLevel.MinimallySeeded : Level;
        }
        else if (UntilReseed[serving] <= 0)
        {
            _due[serving] = true;
        }
    }

    public void RequestReseed() => Array.Fill(_requested, true);

    /// <summary>A full seed for each instance; whether all got one. What is due besides is done as well.</summary>
    public bool ForceReseed()
    {
        bool full = true;
        for (int node = 0; node < nodes; node++)
        {
            full &= SeedFully(node);
        }

        Turn();
        return full;
    }

    /// <summary>What the worker does when it looks: in order, and no further than the first instance that stays without.</summary>
    public void Turn()
    {
        for (int node = 0; node < nodes && (node == 0 || Full[node - 1]); node++)
        {
            if (!Full[node])
            {
                _ = SeedFully(node);
            }
            else if (_requested[node] || _due[node])
            {
                Reseed(node);
            }
        }
    }

    /// <summary>Bytes that a prediction-resistant read of at most 32 gets.</summary>
    public int ReadResistant(int bytes)
    {
        int given = Math.Min(bytes, Collect(SeedingStrategy.Default) / 8);
        ResistantPulls++;
        ResistantBytes += given;
        return given;
    }

    private bool SeedFully(int node)
    {
        int collected = Collect(options.Strategy);
        bool full = IsFull(options.Strategy, collected);
        Count(node, collected, full);
        if (node == 0)
        {
            SeedLevel reached = full ? SeedLevel.FullySeeded
                : collected >= 128 ? SeedLevel.MinimallySeeded
                : collected >= 32 ? SeedLevel.InitiallySeeded
                : SeedLevel.Unseeded;
            Level = reached > Level ? reached : Level;
        }

        return full;
    }

    // One pull, if at least 128 bits are to be had. The rule of two sources is for first seeds only.
    private void Reseed(int node)
    {
        int collected = Available.Sum() >= 128 ? Pull() : 0;
        Count(node, collected, collected >= 256);
    }

    private void Count(int node, int collected, bool full)
    {
        UntilReseed[node] = options.ReseedThreshold;
        _due[node] = _requested[node] = false;
        Seedings[node] += collected > 0 ? 1 : 0;
        if (full)
        {
            Full[node] = true;
            _sinceFullSeed[node] = 0;
        }
    }

    // Pulls until the seed is full or fewer sources deliver than it takes.
    private int Collect(SeedingStrategy strategy)
    {
        Array.Clear(_sourceBits);
        int collected = 0;
        int delivering;
        do
        {
            delivering = Left.Count(bits => bits > 0);
            collected += Pull();
        }
        while (!IsFull(strategy, collected) && delivering >= (strategy.IsNtg1 ? 2 : 1));

        return collected;
    }

    private int Pull()
    {
        int[] pulled = Available;
        for (int source = 0; source < pulled.Length; source++)
        {
            int bits = pulled[source];
            Left[source] -= bits;
            Credited[source] += bits;
            _sourceBits[source] += bits;
        }

        return pulled.Sum();
    }

    private bool IsFull(SeedingStrategy strategy, int collected) => strategy.IsNtg1
        ? _sourceBits.Count(bits => bits >= strategy.BitsFromTwoSources) >= 2
        : collected >= 256;
}
