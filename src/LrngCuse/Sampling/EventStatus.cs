// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Sampling;

/// <summary>Sampling of one kind of event, for the status.</summary>
internal sealed record EventStatus
{
    internal required TimerEvent Event { get; init; }

    internal required SamplingPath Path { get; init; }

    /// <summary>Why it is not the best path, or not on all CPUs; empty if it is.</summary>
    internal required string Reason { get; init; }

    /// <summary>CPUs that are sampled.</summary>
    internal required int Cpus { get; init; }

    /// <summary>Whether the events are switched on right now.</summary>
    internal bool Sampling { get; init; }

    /// <summary>Events that the kernel counted while they were switched on.</summary>
    internal ulong Counted { get; init; }

    /// <summary>Samples read.</summary>
    internal ulong Samples { get; init; }

    /// <summary>Records handed over.</summary>
    internal ulong Records { get; init; }

    /// <summary>Samples left out: another handler of the same interrupt, or a switch away from this daemon.</summary>
    internal ulong Dependent { get; init; }

    /// <summary>Samples that the kernel found no room for.</summary>
    internal ulong Lost { get; init; }

    /// <summary>Times that the events were switched on.</summary>
    internal ulong Windows { get; init; }

    /// <summary>CPUs that went away.</summary>
    internal int CpusGone { get; init; }

    /// <summary>Times that the kernel itself slowed a CPU's event down.</summary>
    internal ulong Throttled { get; init; }

    /// <summary>The largest number of events for each sample among the CPUs; 1 unless there is a storm.</summary>
    internal uint LargestPeriod { get; init; } = 1;

    /// <summary>Records of an unknown kind or without sense.</summary>
    internal ulong Unreadable { get; init; }
}
