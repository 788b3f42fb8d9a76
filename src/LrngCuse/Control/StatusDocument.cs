// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Control;

/// <summary>The status as `lrng status --json` prints it; docs/status.schema.json says what each member means. Members are only
/// ever added under one schema number.</summary>
internal sealed record StatusDocument
{
    public required int Schema { get; init; }

    public required string Version { get; init; }

    /// <summary>unseeded, initially_seeded, minimally_seeded or fully_seeded.</summary>
    public required string Level { get; init; }

    /// <summary>Whether blocking readers are served.</summary>
    public required bool Operational { get; init; }

    public required int SecurityStrengthBits { get; init; }

    /// <summary>Sum of what the sources have available.</summary>
    public required int EntropyLevelBits { get; init; }

    /// <summary>What the seeding follows by design; nothing is validated.</summary>
    public required IReadOnlyList<string> DesignedFor { get; init; }

    /// <summary>Whether every DRNG instance is fully seeded.</summary>
    public required bool AllNodesSeeded { get; init; }

    public required SelfTestDocument SelfTests { get; init; }

    /// <summary>Why every read fails; null unless it does.</summary>
    public string? ErrorState { get; init; }

    public required DrngDocument Drng { get; init; }

    public required HashDocument Hash { get; init; }

    public required PredictionResistanceDocument PredictionResistance { get; init; }

    public required DeviceDocument Device { get; init; }

    public required IReadOnlyList<SourceDocument> Sources { get; init; }

    /// <summary>What feeds the auxiliary pool from hardware; null if that is switched off.</summary>
    public HardwareRngDocument? HardwareRng { get; init; }

    public required RequestsDocument Requests { get; init; }

    public required IReadOnlyList<ThreadDocument> Threads { get; init; }

    /// <summary>Who reads, by cgroup, those that read most first.</summary>
    public required IReadOnlyList<ConsumerDocument> Consumers { get; init; }
}

/// <summary>The DRNG mechanism and its instances, the first of which stands in for those that are not fully seeded.</summary>
internal sealed record DrngDocument(string Name, string CipherKernel, IReadOnlyList<NodeDocument> Nodes);

/// <summary>The conditioning hash and the code that computes it.</summary>
internal sealed record HashDocument(string Name, string Kernel);

/// <summary>One DRNG instance; Node is the NUMA node, or the CPU where each has an instance. OutputBytesLeft is null without the
/// output limit of DRG.4.</summary>
internal sealed record NodeDocument(
    int Node, bool FullySeeded, long Seedings, long GeneratedBytes, int RequestsUntilReseed, double? SecondsSinceSeeding,
    long? OutputBytesLeft);

/// <summary>The self-tests. StatusWord is LRNG's: 0 if none failed since the start, otherwise the generator is in the error state.</summary>
internal sealed record SelfTestDocument(bool Passed, uint StatusWord, IReadOnlyList<string> Failures, int Tests, DateTimeOffset LastRun);

/// <summary>The prediction-resistance DRNG.</summary>
internal sealed record PredictionResistanceDocument(long Pulls, long GeneratedBytes);

/// <summary>The devices and their transport; WriteWakeupThreshold is in bits of the auxiliary pool.</summary>
internal sealed record DeviceDocument(
    string Transport, IReadOnlyList<string> Paths, long ServedBytes, long WrittenBytes, int ParkedReaders, int WriteWakeupThreshold);

/// <summary>Answered reads; the bounds are those of every mode's buckets but the last, which has none.</summary>
internal sealed record RequestsDocument(IReadOnlyList<double> BoundsSeconds, IReadOnlyList<RequestDocument> Modes);

/// <summary>Answered reads of a mode: their number, the time they took together, and how many fell into each bucket.</summary>
internal sealed record RequestDocument(string Mode, long Answered, double Seconds, IReadOnlyList<long> Buckets);

/// <summary>What the readers of a cgroup did since the daemon's start; Name is also unknown, other (newcomers while as many cgroups
/// as are counted have open files) and ended (those that were displaced).</summary>
internal sealed record ConsumerDocument(string Name, int OpenFiles, long Reads, long Bytes, long Pulls, long LimitedReads);

/// <summary>CPU time of the threads of one name.</summary>
internal sealed record ThreadDocument(string Name, double CpuSeconds);

/// <summary>An entropy source; Credit is in bits of entropy for every 256 data bits, Properties are what lrng_type says of it.</summary>
internal sealed record SourceDocument(
    string Name, string State, int Credit, int AvailableBits, long CreditedBits, string Reason, string Details,
    IReadOnlyDictionary<string, string> Properties, HealthDocument? Health, SamplingDocument? Sampling);

/// <summary>The feed from a hardware generator into the auxiliary pool; Name and Quality as the kernel states them, Credit in bits of
/// entropy for every 256 data bits.</summary>
internal sealed record HardwareRngDocument(
    string? Name, string State, int? Quality, int Credit, string Reason, long ReadBytes, long CreditedBits, HealthDocument Health);

/// <summary>The continuous health tests of a source: cut-offs in samples, window of the adaptive proportion test.</summary>
internal sealed record HealthDocument(
    int RctIntermittent, int RctPermanent, int AptIntermittent, int AptPermanent, int AptWindow, long Failures, string? LastFailure);

/// <summary>How the events of a timer source are sampled; Path is perf, proc_interrupts or none.</summary>
internal sealed record SamplingDocument(
    string Path, string Reason, int Cpus, bool Active, ulong Counted, ulong Samples, ulong Records, ulong Dependent, ulong Lost,
    ulong Throttled, ulong Windows, uint LargestPeriod, ulong Unreadable, ulong Mixed);
