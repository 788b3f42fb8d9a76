// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Recording;
using LrngEngine.Timing;

namespace LrngEngine.Sources;

/// <content>What is recorded of events instead of being used.</content>
public abstract partial class TimerSource
{
    /// <summary>Raised after events that a recorder may have taken something of, on the thread that brought them. Handlers must not
    /// block.</summary>
    public event EventHandler? Recorded;

    /// <summary>Receives the values of events instead of the pools while it is active (LRNG's lrng_raw_hires).</summary>
    public RawNoiseRecorder Recorder { get; } = new();

    /// <summary>Receives <see cref="TimerRecord.Other"/> of each event, 0 as well, instead of the pools while it is active.</summary>
    public RawNoiseRecorder OtherRecorder { get; } = new();

    /// <summary>Receives full arrays, word by word, instead of the hash while it is active (LRNG's lrng_raw_array). The events in
    /// them are not counted.</summary>
    public RawNoiseRecorder ArrayRecorder { get; } = new(2 * CollectionPool.LargestSlots / sizeof(uint));

    /// <summary>Receives what each event costs, in ticks of <see cref="TimerSourceOptions.Counter"/>, while it is active (LRNG's
    /// lrng_irq_perf). Events are taken one by one then.</summary>
    public RawNoiseRecorder CostRecorder { get; } = new();

    /// <summary>Whether somebody records or waits to: events are wanted then whatever the pools hold, and every single one.</summary>
    public bool IsRecorded => Recorder.IsWanted || OtherRecorder.IsWanted || ArrayRecorder.IsWanted || CostRecorder.IsWanted;

    /// <summary>Asks for a recording by one of this source's recorders. It begins when whoever brings events brings every one.</summary>
    /// <param name="recorder">The recorder.</param>
    /// <param name="capacity">Values that can wait to be read.</param>
    public void RequestRecording(RawNoiseRecorder recorder, int capacity)
    {
        ArgumentNullException.ThrowIfNull(recorder);
        bool wanted = WantsEvents;
        recorder.Request(capacity);
        TellWanted(wanted);
    }

    /// <summary>Begins the recordings that were asked for: every event is brought from now on.</summary>
    public void StartRecordings()
    {
        foreach (RawNoiseRecorder recorder in Recorders)
        {
            recorder.StartRequested();
        }
    }

    /// <summary>Tells of events that took place and are not brought. Recordings have a gap there.</summary>
    public void LoseEvents(long events)
    {
        foreach (RawNoiseRecorder recorder in Recorders)
        {
            recorder.Lose(events);
        }

        TellRecorded();
    }

    private RawNoiseRecorder[] Recorders => [Recorder, OtherRecorder, ArrayRecorder, CostRecorder];

    // Outside all locks.
    private void TellRecorded()
    {
        if (IsRecorded)
        {
            Recorded?.Invoke(this, EventArgs.Empty);
        }
    }
}
