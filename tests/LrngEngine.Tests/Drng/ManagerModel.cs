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
    private readonly bool[] _tried = new bool[nodes];
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
            bool reachable = IsReachable(node);
            if (reachable)
            {
                reachable = SeedFully(node);
            }
            else if (Full[node])
            {
                Reseed(node);
            }

            full &= reachable;
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
                _ = IsWorthwhile(node) && SeedFully(node);
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
        int given = Math.Min(bytes, Collect(SeedingStrategy.Default.PredictionResistance(instantiated: true)) / 8);
        ResistantPulls++;
        ResistantBytes += given;
        return given;
    }

    private bool SeedFully(int node)
    {
        SeedGoal goal = options.Strategy.Instantiation(Full[node]);
        int collected = Collect(goal);
        bool full = IsFull(goal, _sourceBits);
        Count(node, collected, full);
        if (node == 0)
        {
            SeedLevel reached = full ? SeedLevel.FullySeeded : LevelOf(collected);
            Level = reached > Level ? reached : Level;
        }

        return full;
    }

    // A stock is not spent for a seed that cannot be full, but for the levels before that, where they release anybody.
    private bool IsWorthwhile(int node) =>
        IsReachable(node) || (!_tried[node] && !Left.Where((bits, source) => IsStock(source) && bits > 0).Any()) || (node == 0 && !options.Strategy.IsNtg1 && LevelOf(Available.Sum()) > Level);

    private bool IsReachable(int node)
    {
        SeedGoal goal = options.Strategy.Instantiation(Full[node]);
        return IsFull(goal, [.. Available.Select((bits, source) => bits > 0 && !IsStock(source) ? goal.NeededBits : bits)]);
    }

    // One that gives a limited amount at each pull counts as one that can be pulled again and again.
    private bool IsStock(int source) => bitsPerPull[source] >= options.Strategy.Instantiation(wasFullySeeded: false).RequestBits;

    private static SeedLevel LevelOf(int bits) =>
        bits >= 128 ? SeedLevel.MinimallySeeded : bits >= 32 ? SeedLevel.InitiallySeeded : SeedLevel.Unseeded;

    // One pull, if at least 128 bits are to be had. The rule of two sources is for first seeds only.
    private void Reseed(int node)
    {
        int collected = Available.Sum() >= 128 ? Pull() : 0;
        Count(node, collected, collected >= 256);
    }

    private void Count(int node, int collected, bool full)
    {
        _tried[node] = true;
        UntilReseed[node] = options.ReseedThreshold;
        _due[node] = _requested[node] = false;
        Seedings[node] += collected > 0 ? 1 : 0;
        if (full)
        {
            Full[node] = true;
            _sinceFullSeed[node] = 0;
        }
    }

    // Pulls until the seed is full, nobody delivers any more, or NTG.1's second source is out of sight.
    private int Collect(SeedGoal goal)
    {
        Array.Clear(_sourceBits);
        int collected = 0;
        bool goesOn = true;
        while (goesOn)
        {
            bool[] delivers = [.. Left.Select(bits => bits > 0)];
            collected += Pull();
            int promising = delivers.Where((does, source) => does || _sourceBits[source] >= goal.BitsFromTwoSources).Count();
            goesOn = !IsFull(goal, _sourceBits) && delivers.Any(does => does) && (goal.BitsFromTwoSources == 0 || promising >= 2);
        }

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

    private static bool IsFull(SeedGoal goal, int[] bits) => goal.BitsFromTwoSources > 0
        ? bits.Count(source => source >= goal.BitsFromTwoSources) >= 2
        : bits.Sum() >= goal.NeededBits;
}
