// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Sampling;

namespace LrngCuse.Recording;

/// <summary>Records events of all CPUs by perf events that it opens for itself. The caller's thread does it all, so that there is no
/// queue to run over but the kernel's.</summary>
internal sealed class EventRecording : ITimerRecordSink, IDisposable
{
    private readonly EventMerge _merge = new();
    private readonly SampleBuffer _samples;
    private readonly EventValues _values;
    private readonly Func<IReadOnlyList<int>> _onlineCpus;
    private readonly IReadOnlyList<int> _cpus;
    private readonly Sampler _sampler;

    /// <exception cref="CommandException">The kernel does not let this process sample every CPU.</exception>
    internal EventRecording(RawSource source, SampleBuffer samples)
        : this(source, samples, new LinuxPerfCalls(), TracepointFinder.Find, CpuList.ReadOnline, InterruptLines.FromSysfs, TimeProvider.System)
    {
    }

    internal EventRecording(
        RawSource source,
        SampleBuffer samples,
        IPerfCalls calls,
        Func<TimerEvent, (Tracepoint? Tracepoint, string Reason)> find,
        Func<IReadOnlyList<int>> onlineCpus,
        Func<TimeProvider, InterruptLines> lines,
        TimeProvider clock)
    {
        _samples = samples;
        _onlineCpus = onlineCpus;
        _cpus = onlineCpus();
        TimerEvent timerEvent = RawSources.EventOf(source);
        (Tracepoint? tracepoint, string reason) = find(timerEvent);
        if (tracepoint is not { } found)
        {
            throw Refused(source, reason);
        }

        var group = new EventGroup(timerEvent, this, lines(clock), clock, SamplingPolicy.Recording) { Tracepoint = found };
        EventRings.Open(calls, clock, found, _cpus, out reason, SamplingPolicy.Recording).ForEach(group.Add);
        if (reason.Length > 0 || group.Rings.Count < _cpus.Count)
        {
            group.Dispose();
            throw Refused(source, reason.Length > 0 ? reason : "a CPU went away");
        }

        _values = new EventValues(source, _cpus.Max() + 1);
        _sampler = new Sampler(calls, clock, onlineCpus, [group]);
    }

    /// <inheritdoc/>
    public bool WantsRecords => !_samples.IsFull;

    /// <inheritdoc/>
    public void Record(int cpu, ReadOnlySpan<PerfRecord> records, bool creditable) => _merge.Add(cpu, records);

    /// <summary>Ends a wait for events. Any thread may call it.</summary>
    internal void Wake() => _sampler.Wake();

    /// <summary>Fills the buffer.</summary>
    /// <param name="interrupted">Asked from time to time; true ends the recording.</param>
    internal RecordingGaps Run(Func<bool> interrupted)
    {
        while (!_samples.IsFull && !interrupted())
        {
            TimeSpan wait = _sampler.Pass();
            _values.Take(_merge.EndPass(), _samples);
            if (!_samples.IsFull)
            {
                _sampler.Wait(wait);
            }
        }

        _sampler.Finish();
        _values.Take(_merge.End(), _samples);
        if (_values.HasFailed)
        {
            throw new CommandException("the source failed a health test while it was recorded", "lrng raw irq or sched shows its values");
        }

        return Gaps();
    }

    public void Dispose()
    {
        _sampler.Dispose();
        _values.Dispose();
    }

    private static CommandException Refused(RawSource source, string reason) =>
        new($"cannot record {RawSources.NameOf(source)}: {reason}", "as root on the host it takes no more than a kernel with tracepoints");

    private RecordingGaps Gaps()
    {
        EventStatus status = _sampler.GetStatus()[0];
        IReadOnlyList<int> online = _onlineCpus();
        return new RecordingGaps
        {
            Lost = status.Lost,
            Unsampled = status.Counted - Math.Min(status.Counted, status.Samples + status.Lost),
            Throttled = status.Throttled,
            Unreadable = status.Unreadable,
            Overruns = (ulong)_values.Overruns,
            LargestPeriod = status.LargestPeriod,
            CpuChanges = Math.Max(status.CpusGone, online.Except(_cpus).Count() + _cpus.Except(online).Count()),
        };
    }
}
