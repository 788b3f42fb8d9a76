// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Globalization;

namespace LrngCuse.Recording;

/// <summary>What stands between a recording and the claim that its samples are consecutive.</summary>
internal sealed record RecordingGaps
{
    internal static RecordingGaps None { get; } = new();

    /// <summary>Samples that the kernel found no room for.</summary>
    internal ulong Lost { get; init; }

    /// <summary>Times that the kernel slowed the event down.</summary>
    internal ulong Throttled { get; init; }

    /// <summary>Records that made no sense.</summary>
    internal ulong Unreadable { get; init; }

    /// <summary>Values that a recorder had no room for.</summary>
    internal ulong Overruns { get; init; }

    /// <summary>Events for each sample; 1 is right.</summary>
    internal uint LargestPeriod { get; init; } = 1;

    /// <summary>CPUs that came or went meanwhile.</summary>
    internal int CpuChanges { get; init; }

    /// <summary>Events that the kernel counted and made no sample of. No gap in what the source gets: the daemon does not see them
    /// either. Some kernels sample no interrupt of an idle CPU.</summary>
    internal ulong Unsampled { get; init; }

    internal bool Any => this != None with { Unsampled = Unsampled };

    /// <summary>In words, those that are there.</summary>
    public override string ToString()
    {
        (ulong Number, string What)[] findings =
        [
            (Lost, "lost by the kernel"),
            (Throttled, "times throttled"),
            (Unreadable, "unreadable records"),
            (Overruns, "lost to a full queue"),
            (LargestPeriod == 1 ? 0 : LargestPeriod, "events for one sample"),
            ((ulong)CpuChanges, "CPUs that came or went"),
        ];
        return string.Join(
            ", ",
            findings.Where(finding => finding.Number > 0)
                .Select(finding => string.Create(CultureInfo.InvariantCulture, $"{finding.Number} {finding.What}")));
    }
}
