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
    private readonly Dictionary<TimerEvent, SourceFeed> _feeds;
    private readonly TimerSampling _sampling;
    private readonly ILogger _logger;

    private TimerEvents(
        Dictionary<TimerEvent, TimerSource> sources, IReadOnlyList<string> vectors, TimeProvider clock, ILogger logger)
    {
        _sources = sources;
        _logger = logger;
        _feeds = sources.ToDictionary(source => source.Key, source => new SourceFeed(source.Value));
        Dictionary<TimerEvent, ITimerRecordSink> sinks = _feeds.ToDictionary(feed => feed.Key, feed => (ITimerRecordSink)feed.Value);
        if (vectors.Count > 0 && sources.TryGetValue(TimerEvent.Interrupt, out TimerSource? interrupts))
        {
            sinks.Add(TimerEvent.Vector, new VectorFeed(interrupts));
        }

        _sampling = TimerSampling.Start(sinks, HandedOverEvents.Take(), clock, vectors);
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

        var events = new TimerEvents(sources, generator.InterruptVectors, clock, logger);
        foreach (EventStatus status in events.GetStatus())
        {
            events.Attach(status);
        }

        return events;
    }

    /// <summary>How each event is sampled.</summary>
    internal IReadOnlyList<EventStatus> GetStatus() => _sampling.GetStatus();

    /// <summary>Has a source take no events until <see cref="Release"/>: somebody records them.</summary>
    internal void Hold(TimerEvent timerEvent)
    {
        if (_feeds.TryGetValue(timerEvent, out SourceFeed? feed))
        {
            feed.Hold();
            _sampling.Wake();
            Log.Held(_logger, _sources[timerEvent].Name);
        }
    }

    /// <summary>Ends one hold.</summary>
    internal void Release(TimerEvent timerEvent)
    {
        if (_feeds.TryGetValue(timerEvent, out SourceFeed? feed))
        {
            feed.Release();
            _sampling.Wake();
            Log.Released(_logger, _sources[timerEvent].Name);
        }
    }

    public void Dispose()
    {
        foreach (TimerSource source in _sources.Values)
        {
            source.EventsWanted -= OnEventsWanted;
        }

        _sampling.Dispose();
    }

    private void Attach(EventStatus status)
    {
        if (!_sources.TryGetValue(status.Event, out TimerSource? source))
        {
            return;
        }

        source.EventsWanted += OnEventsWanted;
        Log.Sampling(_logger, source.Name, SamplingText.Of(status));
        if (status.Path != SamplingPath.PerfEvents)
        {
            source.WithdrawCredit(status.Path == SamplingPath.None
                ? $"no events: {status.Reason}"
                : $"{SourceFeed.ReproducibleStamps}, because perf events are not to be had: {status.Reason}");
        }
    }

    private void OnEventsWanted(object? sender, EventArgs arguments) => _sampling.Wake();
}
