// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Sampling;

/// <summary>What was read from one ring buffer. Only increases; guarded by the sampler's lock.</summary>
internal sealed class RingTally
{
    internal ulong Samples { get; set; }

    /// <summary>Samples that the kernel found no room for, by its own records of that.</summary>
    internal ulong LostRecords { get; set; }

    /// <summary>Times that the kernel's own limit (perf_event_max_sample_rate) stopped the event until the next tick.</summary>
    internal ulong Throttled { get; set; }

    /// <summary>Records of another kind.</summary>
    internal ulong Unknown { get; set; }

    /// <summary>Times that the buffer made no sense and was skipped.</summary>
    internal ulong Broken { get; set; }

    /// <summary>Rises when events are missing between the samples; by how many is not always known.</summary>
    internal ulong Gaps => LostRecords + Throttled + Broken;
}
