// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Sampling;

/// <summary>Takes the records of one kind of event. Called by the sampling thread only.</summary>
internal interface ITimerRecordSink
{
    /// <summary>False while the records would be thrown away, so that sampling pauses. Read often: cheap and without a lock.</summary>
    bool WantsRecords { get; }

    /// <summary>Whether every event is wanted, in windows without end and none thinned out: somebody records.</summary>
    bool WantsEveryEvent => false;

    /// <summary>Told while <see cref="WantsEveryEvent"/> is true and has taken effect: what comes from now on is every event.</summary>
    void EveryEventFollows()
    {
    }

    /// <summary>Told of events that the sampling lost while every one was wanted.</summary>
    void Lose(ulong events)
    {
    }

    /// <summary>Takes records of one CPU in the order of their time.</summary>
    /// <param name="cpu">Number of the CPU as the kernel counts.</param>
    /// <param name="records">Valid during the call.</param>
    /// <param name="creditable">False for stamps that any local user could reproduce: to be mixed in, never credited.</param>
    void Record(int cpu, ReadOnlySpan<PerfRecord> records, bool creditable);
}
