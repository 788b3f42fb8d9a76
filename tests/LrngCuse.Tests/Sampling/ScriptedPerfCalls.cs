// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Interop;
using LrngCuse.Sampling;
using Tmds.Linux;

namespace LrngCuse.Tests.Sampling;

/// <summary>A kernel with perf events as a test wants it. Descriptors are 1000 + CPU for interrupts and 2000 + CPU for switches.</summary>
internal sealed unsafe class ScriptedPerfCalls : IPerfCalls, IDisposable
{
    internal const ulong InterruptId = 11;
    internal const ulong SwitchId = 22;

    private readonly Dictionary<int, SyntheticRing> _rings = [];

    /// <summary>Errno of opening an event on a CPU; 0 opens it.</summary>
    internal Func<int, int> OpenError { get; set; } = _ => 0;

    /// <summary>Errno of mapping so many bytes.</summary>
    internal Func<nuint, int> MapError { get; set; } = _ => 0;

    internal bool KnowsLost { get; set; } = true;

    internal ulong LostCount { get; set; }

    /// <summary>What poll says of a descriptor.</summary>
    internal Dictionary<int, uint> Events { get; } = [];

    internal HashSet<int> Enabled { get; } = [];

    internal HashSet<int> OpenFiles { get; } = [];

    internal Dictionary<int, ulong> Periods { get; } = [];

    internal SyntheticRing RingOf(int file) => _rings[file];

    internal static OpenedEvent Opened(TimerEvent timerEvent, int cpu) =>
        timerEvent == TimerEvent.Interrupt
            ? new(timerEvent, cpu, 1000 + cpu, 8)
            : new(timerEvent, cpu, 2000 + cpu, SampleLayout.Absent);

    internal static (Tracepoint?, string) Find(TimerEvent timerEvent) => timerEvent == TimerEvent.Interrupt
        ? (new Tracepoint(timerEvent, InterruptId, 8), "")
        : (new Tracepoint(timerEvent, SwitchId, SampleLayout.Absent), "");

    public int Open(in Perf.perf_event_attr attributes, int cpu)
    {
        if (!KnowsLost && attributes.read_format != 0)
        {
            return -Linux.EINVAL;
        }

        int error = OpenError(cpu);
        if (error != 0)
        {
            return -error;
        }

        int file = (attributes.config == InterruptId ? 1000 : 2000) + cpu;
        _ = OpenFiles.Add(file);
        return file;
    }

    public int Map(int file, nuint bytes, out void* address)
    {
        address = null;
        int error = MapError(bytes);
        if (error == 0)
        {
            _rings[file] = new SyntheticRing((uint)bytes - SyntheticRing.PageBytes);
            address = (void*)_rings[file].Address;
        }

        return -error;
    }

    public void Unmap(void* address, nuint bytes)
    {
        int file = _rings.First(ring => ring.Value.Address == (nint)address).Key;
        _rings[file].Dispose();
        _ = _rings.Remove(file);
    }

    public int Control(int file, uint request)
    {
        _ = request == Perf.PERF_EVENT_IOC_ENABLE ? Enabled.Add(file) : Enabled.Remove(file);
        return 0;
    }

    public int SetPeriod(int file, ulong period)
    {
        Periods[file] = period;
        return 0;
    }

    public int ReadCounts(int file, Span<ulong> words)
    {
        words[0] = 1000;
        words[1] = LostCount;
        return KnowsLost ? 2 : 1;
    }

    public int Poll(Span<pollfd> files, TimeSpan timeout)
    {
        int ready = 0;
        foreach (ref pollfd file in files)
        {
            file.revents = (short)Events.GetValueOrDefault(file.fd);
            ready += file.revents != 0 ? 1 : 0;
        }

        return ready;
    }

    public void Close(int file) => _ = OpenFiles.Remove(file);

    public void Dispose()
    {
        foreach (SyntheticRing ring in _rings.Values)
        {
            ring.Dispose();
        }
    }
}
