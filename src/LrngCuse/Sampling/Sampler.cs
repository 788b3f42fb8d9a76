// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Interop;
using Tmds.Linux;

namespace LrngCuse.Sampling;

/// <summary>
/// Samples events of the kernel by one thread, <c>lrng-sampling</c>. It waits for a ring buffer to be a quarter full, for the end of a
/// window, or for a second: then it hands over what has come and looks whether records are (still) wanted. While nobody wants any, the
/// events are switched off.
/// </summary>
internal sealed class Sampler : IDisposable
{
    // A sink that wants records again need not say so (it may, by Wake).
    private static readonly TimeSpan s_maximumWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_cpuCheckInterval = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly IPerfCalls _calls;
    private readonly TimeProvider _clock;
    private readonly Func<IReadOnlyList<int>> _onlineCpus;
    private readonly WakeUp _wakeUp = new();
    private readonly Thread _thread;

    // Guarded by _lock.
    private readonly List<EventGroup> _groups;
    private HashSet<int> _knownCpus;
    private long _cpusChecked;
    private volatile bool _stopped;

    /// <param name="calls">System calls.</param>
    /// <param name="clock">For windows and intervals.</param>
    /// <param name="onlineCpus">The CPUs that run now.</param>
    /// <param name="groups">The events with their rings, taken over.</param>
    internal Sampler(IPerfCalls calls, TimeProvider clock, Func<IReadOnlyList<int>> onlineCpus, IEnumerable<EventGroup> groups)
    {
        _calls = calls;
        _clock = clock;
        _onlineCpus = onlineCpus;
        _groups = [.. groups];
        _knownCpus = [.. onlineCpus()];
        _cpusChecked = clock.GetTimestamp();
        _thread = new Thread(Run) { Name = "lrng-sampling", IsBackground = true };
    }

    internal void Start() => _thread.Start();

    /// <summary>Has the thread look at once whether records are wanted. Any thread may call it.</summary>
    internal void Wake() => _wakeUp.Signal();

    internal IReadOnlyList<EventStatus> GetStatus()
    {
        lock (_lock)
        {
            return [.. _groups.Select(group => group.GetStatus())];
        }
    }

    /// <summary>One turn of the thread without the wait.</summary>
    /// <returns>How long to wait at most.</returns>
    internal TimeSpan Pass()
    {
        lock (_lock)
        {
            if (_clock.GetElapsedTime(_cpusChecked) >= s_cpuCheckInterval)
            {
                FollowCpus();
            }

            TimeSpan wait = s_maximumWait;
            foreach (EventGroup group in _groups)
            {
                wait = group.Pass(wait);
            }

            return wait;
        }
    }

    /// <summary>Waits until a ring has enough, or a time has passed; closes rings whose CPU is gone.</summary>
    internal void Wait(TimeSpan longest)
    {
        (EventGroup Group, EventRing Ring)[] rings;
        lock (_lock)
        {
            rings = [.. _groups.SelectMany(group => group.Rings.Select(ring => (group, ring)))];
        }

        var files = new pollfd[rings.Length + 1];
        files[0] = new pollfd { fd = _wakeUp.File, events = (short)Linux.POLLIN };
        for (int i = 0; i < rings.Length; i++)
        {
            files[i + 1] = new pollfd { fd = rings[i].Ring.File, events = (short)Linux.POLLIN };
        }

        if (_calls.Poll(files, longest) <= 0)
        {
            return;
        }

        _wakeUp.Clear();
        lock (_lock)
        {
            for (int i = 0; i < rings.Length; i++)
            {
                // An event ends with its CPU; its descriptor would be ready for ever.
                if (((uint)files[i + 1].revents & (Linux.POLLHUP | Linux.POLLERR | Linux.POLLNVAL)) != 0)
                {
                    rings[i].Group.Remove(rings[i].Ring);
                    _ = _knownCpus.Remove(rings[i].Ring.Cpu);
                }
            }
        }
    }

    /// <summary>Ends the sampling: hands over what is left. For a caller that makes the turns itself.</summary>
    internal void Finish()
    {
        lock (_lock)
        {
            _groups.ForEach(group => group.Finish());
        }
    }

    public void Dispose()
    {
        _stopped = true;
        _wakeUp.Signal();
        if (_thread.IsAlive)
        {
            _thread.Join();
        }

        lock (_lock)
        {
            _groups.ForEach(group => group.Dispose());
            _groups.Clear();
        }

        _wakeUp.Dispose();
    }

    private void Run()
    {
        while (!_stopped)
        {
            Wait(Pass());
        }
    }

    // CPUs that came since the last look are opened where that is permitted; otherwise they wait for the next probe.
    private void FollowCpus()
    {
        _cpusChecked = _clock.GetTimestamp();
        IReadOnlyList<int> online = _onlineCpus();
        int[] added = [.. online.Except(_knownCpus)];
        _knownCpus = [.. online];
        if (added.Length > 0)
        {
            _groups.ForEach(group => OpenCpus(group, added));
        }
    }

    private void OpenCpus(EventGroup group, int[] cpus)
    {
        IEnumerable<int> missing = cpus.Except(group.Rings.Select(ring => ring.Cpu));
        if (group.Tracepoint is not { } tracepoint)
        {
            group.Reason = $"CPUs that came later wait for the next probe: {string.Join(", ", missing)}";
            return;
        }

        var rings = EventRings.Open(_calls, _clock, tracepoint, missing, out string reason, group.Policy);
        rings.ForEach(group.Add);
        group.Reason = reason;
    }
}
