// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Sampling;

/// <summary>One kind of event on all CPUs: its rings, its window, and who takes the records. Guarded by the sampler's lock.</summary>
internal sealed class EventGroup : IDisposable
{
    private const int BatchRecords = 256;

    private readonly uint _ownProcess = (uint)Environment.ProcessId;
    private readonly ITimerRecordSink _sink;
    private readonly SamplingPolicy _policy;
    private readonly SamplingWindow _window;
    private readonly InterruptLines _lines;
    private readonly Dictionary<EventRing, InterruptFilter> _rings = [];
    private readonly PerfSample[] _samples = new PerfSample[BatchRecords];
    private readonly PerfRecord[] _records = new PerfRecord[BatchRecords];

    // Of rings that are closed, so that no figure ever falls.
    private EventStatus _closed;
    private ulong _delivered;
    private ulong _dependent;
    private ulong _windowRecords;

    /// <param name="timerEvent">Which kind.</param>
    /// <param name="sink">Takes the records.</param>
    /// <param name="lines">Handlers of interrupts.</param>
    /// <param name="clock">For windows.</param>
    /// <param name="policy">How much is sampled; null: as much as seeding needs.</param>
    internal EventGroup(
        TimerEvent timerEvent, ITimerRecordSink sink, InterruptLines lines, TimeProvider clock, SamplingPolicy? policy = null)
    {
        Event = timerEvent;
        _policy = policy ?? SamplingPolicy.Seeding;
        _sink = sink;
        _lines = lines;
        _window = _policy.CreateWindow(timerEvent, clock);
        _closed = new EventStatus { Event = timerEvent, Path = SamplingPath.PerfEvents, Reason = "", Cpus = 0 };
    }

    internal TimerEvent Event { get; }

    /// <summary>How CPUs that come later are opened; null without the right to.</summary>
    internal Tracepoint? Tracepoint { get; init; }

    /// <summary>Why CPUs are missing.</summary>
    internal string Reason { get; set; } = "";

    internal IReadOnlyCollection<EventRing> Rings => _rings.Keys;

    internal SamplingPolicy Policy => _policy;

    internal void Add(EventRing ring)
    {
        _rings.Add(ring, new InterruptFilter(_lines));
        if (_window.IsUnlimited)
        {
            // What this CPU did until now is missing in a recording.
            ring.SampleEveryEvent(true);
            _sink.Lose(1);
        }

        ring.Enable(_window.IsOpen);
    }

    /// <summary>Closes the ring of a CPU that is gone.</summary>
    internal void Remove(EventRing ring)
    {
        Drain(ring, _rings[ring]);
        _ = _rings.Remove(ring);
        _closed = Sum(_closed, ring) with { CpusGone = _closed.CpusGone + 1 };
        ring.Dispose();
    }

    /// <summary>Switches the events off and hands over what is left. The figures agree with each other then.</summary>
    internal void Finish()
    {
        foreach ((EventRing ring, InterruptFilter filter) in _rings)
        {
            ring.Enable(false);
            Drain(ring, filter);
        }
    }

    /// <summary>Hands over what has come, and switches the events on or off.</summary>
    /// <returns>Time until the next pass has something to do, unless a ring fills before.</returns>
    internal TimeSpan Pass(TimeSpan maximum)
    {
        _lines.Refresh();
        foreach ((EventRing ring, InterruptFilter filter) in _rings)
        {
            Drain(ring, filter);
            ring.AdjustPeriod();
        }

        FollowRecording();
        bool wanted = _sink.WantsRecords;
        if (_window.Update(wanted, _windowRecords))
        {
            _windowRecords = 0;
            foreach (EventRing ring in _rings.Keys)
            {
                ring.Enable(_window.IsOpen);
            }
        }

        if (_window is { IsUnlimited: true, IsOpen: true })
        {
            _sink.EveryEventFollows();
        }

        return _window.TimeLeft(wanted, maximum);
    }

    internal EventStatus GetStatus()
    {
        EventStatus status = _rings.Keys.Aggregate(_closed, Sum);
        return status with
        {
            Reason = Reason,
            Cpus = _rings.Count,
            Sampling = _window.IsOpen,
            Records = _delivered,
            Dependent = _dependent,
            Windows = _window.Count,
            LargestPeriod = _rings.Keys.Select(ring => ring.Period).DefaultIfEmpty(1U).Max(),
        };
    }

    public void Dispose()
    {
        foreach (EventRing ring in _rings.Keys)
        {
            ring.Dispose();
        }

        _rings.Clear();
    }

    private static EventStatus Sum(EventStatus sum, EventRing ring)
    {
        (ulong counted, ulong lost) = ring.ReadCounts();
        return sum with
        {
            Counted = sum.Counted + counted,
            Lost = sum.Lost + lost,
            Samples = sum.Samples + ring.Tally.Samples,
            Throttled = sum.Throttled + ring.Tally.Throttled,
            Unreadable = sum.Unreadable + ring.Tally.Unknown + ring.Tally.Broken,
        };
    }

    // A recording has every event from its first on: what was sampled otherwise is handed over before it begins.
    private void FollowRecording()
    {
        bool every = _sink.WantsEveryEvent;
        if (every == _window.IsUnlimited)
        {
            return;
        }

        _window.IsUnlimited = every;
        foreach ((EventRing ring, InterruptFilter filter) in _rings)
        {
            ring.SampleEveryEvent(every);
            Drain(ring, filter);
        }
    }

    // At most what the buffer held when it began, so that a storm on one CPU does not keep the others waiting.
    private void Drain(EventRing ring, InterruptFilter filter)
    {
        for (int left = _policy.RecordsPerPass(Event); left > 0; left -= BatchRecords)
        {
            ulong gaps = ring.Tally.Gaps;
            int count = ring.Read(_samples);
            if (_window.IsUnlimited && ring.Tally.Gaps > gaps)
            {
                _sink.Lose(ring.Tally.Gaps - gaps);
            }

            int kept = 0;
            foreach (PerfSample sample in _samples.AsSpan(0, count))
            {
                if (Takes(sample, filter))
                {
                    _records[kept++] = new PerfRecord(sample.TimeNanoseconds, DetailOf(sample));
                }
            }

            if (kept > 0)
            {
                _sink.Record(ring.Cpu, _records.AsSpan(0, kept), creditable: true);
            }

            _delivered += (ulong)kept;
            _dependent += (ulong)(count - kept);
            _windowRecords += (ulong)count;
            if (count < _samples.Length)
            {
                break;
            }
        }
    }

    // What this daemon does itself is no noise to it: it would sample its own wake-ups.
    private bool Takes(PerfSample sample, InterruptFilter filter) => Event switch
    {
        TimerEvent.Interrupt => filter.Takes(sample.RawField),
        TimerEvent.Vector => true,
        _ => sample.ProcessId != _ownProcess,
    };

    // Both are small numbers: apart they keep their bits.
    private uint DetailOf(PerfSample sample) =>
        Event != TimerEvent.Switch ? sample.RawField ^ uint.RotateLeft(sample.ThreadId, 16) : sample.ThreadId;
}
