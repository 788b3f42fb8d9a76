// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Timing;

namespace LrngCuse.Sampling;

/// <summary>
/// In place of perf events: looks at /proc/interrupts by a thread of its own, <c>lrng-interrupts</c>, and stamps each count that has
/// changed. Any local user can do the same, so the records are to be mixed in and never credited.
/// </summary>
internal sealed class ProcInterrupts : IDisposable
{
    private readonly Lock _lock = new();
    private readonly ITimerRecordSink _sink;
    private readonly Func<string?> _read;
    private readonly CycleCounter _stamps;
    private readonly TimeProvider _clock;
    private readonly string _reason;
    private readonly PollInterval _interval = new();
    private readonly ManualResetEventSlim _wakeUp = new();
    private readonly Thread _thread;
    private readonly List<(int Cpu, PerfRecord Record)> _changes = [];

    // The last look; null after a pause. Used by the thread only.
    private InterruptCounts? _last;
    private volatile bool _stopped;

    // Guarded by _lock.
    private ulong _records;
    private ulong _looks;
    private int _cpus;
    private bool _sampling;

    /// <param name="sink">Takes the records.</param>
    /// <param name="read">Content of /proc/interrupts, null if it cannot be read.</param>
    /// <param name="stamps">Stamps the changes.</param>
    /// <param name="clock">Measures what a look costs.</param>
    /// <param name="reason">Why there are no perf events.</param>
    internal ProcInterrupts(ITimerRecordSink sink, Func<string?> read, CycleCounter stamps, TimeProvider clock, string reason)
    {
        _sink = sink;
        _read = read;
        _stamps = stamps;
        _clock = clock;
        _reason = reason;
        _thread = new Thread(Run) { Name = "lrng-interrupts", IsBackground = true };
    }

    /// <summary>Content of /proc/interrupts, null if it cannot be read.</summary>
    internal static string? ReadFile()
    {
        try
        {
            return File.ReadAllText("/proc/interrupts");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    internal void Start() => _thread.Start();

    /// <summary>Has the thread look at once whether records are wanted. Any thread may call it.</summary>
    internal void Wake() => _wakeUp.Set();

    internal EventStatus GetStatus()
    {
        lock (_lock)
        {
            return new EventStatus
            {
                Event = TimerEvent.Interrupt,
                Path = _cpus > 0 || _looks == 0 ? SamplingPath.ProcInterrupts : SamplingPath.None,
                Reason = _cpus > 0 || _looks == 0 ? _reason : $"{_reason}; /proc/interrupts cannot be read either",
                Cpus = _cpus,
                Sampling = _sampling,
                Samples = _records,
                Records = _records,
                Windows = _looks,
            };
        }
    }

    /// <summary>One turn of the thread without the wait.</summary>
    /// <returns>How long to wait.</returns>
    internal TimeSpan Pass()
    {
        if (!_sink.WantsRecords)
        {
            // What changes during a pause is stamped by nobody.
            _last = null;
            lock (_lock)
            {
                _sampling = false;
            }

            return PollInterval.Longest;
        }

        if (_sink.WantsEveryEvent)
        {
            _sink.EveryEventFollows();
        }

        long start = _clock.GetTimestamp();
        string? text = _read();
        var counts = InterruptCounts.Parse(text);
        _changes.Clear();
        if (_last is not null)
        {
            counts.Compare(_last, AddChange);
        }

        _last = counts;
        HandOver();
        lock (_lock)
        {
            _sampling = true;
            _looks++;
            _cpus = counts.Cpus;
            _records += (ulong)_changes.Count;
        }

        _interval.Adapt(_changes.Count > 0, _clock.GetElapsedTime(start));
        return _interval.Current;
    }

    public void Dispose()
    {
        _stopped = true;
        _wakeUp.Set();
        if (_thread.IsAlive)
        {
            _thread.Join();
        }

        _wakeUp.Dispose();
    }

    private void Run()
    {
        while (!_stopped)
        {
            TimeSpan wait = Pass();
            _ = _wakeUp.Wait(wait);
            _wakeUp.Reset();
        }
    }

    private void AddChange(int cpu, uint interrupt, ulong difference) =>
        _changes.Add((cpu, new PerfRecord(_stamps.Read(), interrupt ^ uint.RotateLeft((uint)difference, 16))));

    private void HandOver()
    {
        foreach ((int cpu, PerfRecord record) in _changes)
        {
            _sink.Record(cpu, [record], creditable: false);
        }
    }
}
