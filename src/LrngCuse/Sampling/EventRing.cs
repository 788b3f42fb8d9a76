// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Interop;

namespace LrngCuse.Sampling;

/// <summary>An event of one CPU with its mapped ring buffer. Guarded by the sampler's lock.</summary>
internal sealed unsafe class EventRing : IDisposable
{
    private readonly IPerfCalls _calls;
    private readonly TimeProvider _clock;
    private readonly OpenedEvent _event;
    private readonly SamplingPolicy _policy;
    private readonly void* _address;
    private readonly nuint _mappedBytes;
    private readonly PerfRing _ring;
    private PeriodControl _control = new();
    private bool _everyEvent;
    private long _observedSince;
    private ulong _observedFrom;
    private bool _enabled;
    private bool _disposed;

    private EventRing(
        IPerfCalls calls, TimeProvider clock, OpenedEvent opened, SamplingPolicy policy, void* address, uint dataBytes)
    {
        _calls = calls;
        _clock = clock;
        _event = opened;
        _policy = policy;
        _address = address;
        _mappedBytes = PageBytes + dataBytes;
        var page = (Perf.perf_event_mmap_page*)address;
        var layout = new SampleLayout(PerfAttributes.SampleType(opened.Event), opened.RawField);
        _ring = new PerfRing(page, (byte*)address + PageBytes, dataBytes, layout, Tally);

        // A descriptor that another process sampled before: it begins as a new one does.
        _ = _calls.Control(File, Perf.PERF_EVENT_IOC_DISABLE);
        _ = _calls.SetPeriod(File, _control.Period);
    }

    internal int Cpu => _event.Cpu;

    internal int File => _event.File;

    internal uint Period => _control.Period;

    internal RingTally Tally { get; } = new();

    private static uint PageBytes => (uint)Environment.SystemPageSize;

    /// <summary>Takes the descriptor over and maps it, with a smaller buffer where the limit asks for that.</summary>
    /// <returns>Null with an errno if even the smallest is refused; the descriptor is closed then.</returns>
    internal static EventRing? Map(
        IPerfCalls calls, TimeProvider clock, OpenedEvent opened, SamplingPolicy policy, out int error)
    {
        uint bytes = Math.Max(policy.DataBytes(opened.Event), PageBytes);
        do
        {
            error = -calls.Map(opened.File, PageBytes + bytes, out void* address);
            if (error == 0)
            {
                return new EventRing(calls, clock, opened, policy, address, bytes);
            }

            bytes /= 2;
        }
        while (bytes >= PageBytes && error is Linux.EPERM or Linux.EAGAIN or Linux.ENOMEM);
        calls.Close(opened.File);
        return null;
    }

    internal int Read(Span<PerfSample> samples) => _ring.Read(samples);

    /// <summary>Switches the event on or off. A CPU that is gone gives nothing in either state.</summary>
    internal void Enable(bool enabled)
    {
        if (_enabled == enabled)
        {
            return;
        }

        if (!enabled)
        {
            AdjustPeriod();
        }

        _enabled = enabled;
        _ = _calls.Control(File, enabled ? Perf.PERF_EVENT_IOC_ENABLE : Perf.PERF_EVENT_IOC_DISABLE);
        BeginObservation();
    }

    /// <summary>Has the period follow what the CPU gave since it was switched on, or since the last look.</summary>
    internal void AdjustPeriod()
    {
        if (!_enabled || _everyEvent || !_policy.ThinsOut)
        {
            return;
        }

        TimeSpan elapsed = _clock.GetElapsedTime(_observedSince);
        bool changed = _control.Observe(Seen - _observedFrom, elapsed);
        if (changed)
        {
            _ = _calls.SetPeriod(File, _control.Period);
        }

        if (changed || PeriodControl.IsComplete(elapsed))
        {
            BeginObservation();
        }
    }

    /// <summary>Has each event be a sample, for a recording, or as many as the policy says.</summary>
    internal void SampleEveryEvent(bool every)
    {
        _everyEvent = every;
        if (_control.Period > 1)
        {
            _control = new PeriodControl();
            _ = _calls.SetPeriod(File, _control.Period);
        }

        BeginObservation();
    }

    /// <summary>Events that the kernel counted and samples that it lost; by its LOST records where it does not count them.</summary>
    internal (ulong Counted, ulong Lost) ReadCounts()
    {
        Span<ulong> words = stackalloc ulong[2];
        int count = _calls.ReadCounts(File, words);
        return (count >= 1 ? words[0] : 0, count >= 2 ? words[1] : Tally.LostRecords);
    }

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;

            // systemd may hold a copy of the descriptor, so that closing this one does not end the event.
            _ = _calls.Control(File, Perf.PERF_EVENT_IOC_DISABLE);
            _calls.Unmap(_address, _mappedBytes);
            _calls.Close(File);
        }
    }

    private ulong Seen => Tally.Samples + Tally.LostRecords;

    private void BeginObservation()
    {
        _observedSince = _clock.GetTimestamp();
        _observedFrom = Seen;
    }
}
