// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Sampling;
using LrngEngine.Sources;
using Microsoft.Extensions.Logging;

namespace LrngCuse.Hosting;

/// <summary>Keeps the timer sources of the generator supplied with events of this machine.</summary>
internal sealed class TimerEvents : IDisposable
{
    private readonly Dictionary<TimerEvent, TimerSource> _sources;
    private readonly TimerSampling _sampling;

    private TimerEvents(Dictionary<TimerEvent, TimerSource> sources, TimerSampling sampling)
    {
        _sources = sources;
        _sampling = sampling;
    }

    /// <summary>Opens the events and starts their threads. To be called with the privileges that the daemon was started with, before
    /// the generator seeds.</summary>
    internal static TimerEvents Start(Generator generator, TimeProvider clock, ILogger logger)
    {
        var sources = new Dictionary<TimerEvent, TimerSource>();
        if (generator.Interrupts is { } interrupts)
        {
            sources.Add(TimerEvent.Interrupt, interrupts);
        }

        if (generator.Scheduler is { } scheduler)
        {
            sources.Add(TimerEvent.Switch, scheduler);
        }

        Dictionary<TimerEvent, ITimerRecordSink> sinks = sources.ToDictionary(
            source => source.Key, source => (ITimerRecordSink)new SourceFeed(source.Value));
        var events = new TimerEvents(sources, TimerSampling.Start(sinks, HandedOverEvents.Take(), clock));
        foreach (EventStatus status in events.GetStatus())
        {
            events.Attach(status, logger);
        }

        return events;
    }

    /// <summary>How each event is sampled.</summary>
    internal IReadOnlyList<EventStatus> GetStatus() => _sampling.GetStatus();

    public void Dispose()
    {
        foreach (TimerSource source in _sources.Values)
        {
            source.EventsWanted -= OnEventsWanted;
        }

        _sampling.Dispose();
    }

    private void Attach(EventStatus status, ILogger logger)
    {
        TimerSource source = _sources[status.Event];
        source.EventsWanted += OnEventsWanted;
        Log.Sampling(logger, source.Name, SamplingText.Of(status));
        if (status.Path != SamplingPath.PerfEvents)
        {
            source.WithdrawCredit(status.Path == SamplingPath.None
                ? $"no events: {status.Reason}"
                : $"{SourceFeed.ReproducibleStamps}, because perf events are not to be had: {status.Reason}");
        }
    }

    private void OnEventsWanted(object? sender, EventArgs arguments) => _sampling.Wake();
}
