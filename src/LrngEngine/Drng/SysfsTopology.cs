// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Globalization;
using Tmds.Linux;

namespace LrngEngine.Drng;

/// <summary>
/// The NUMA nodes that have CPUs, as sysfs shows them (a node without memory counts, one without CPUs cannot ask for anything),
/// or the CPUs themselves. One node where sysfs does not say.
/// </summary>
public sealed class SysfsTopology : NodeTopology
{
    // A CPU that was plugged in later is looked for, but not at every request.
    private static readonly TimeSpan s_refreshInterval = TimeSpan.FromSeconds(10);

    private readonly string _directory;
    private readonly Func<int> _currentCpu;
    private readonly TimeProvider _clock;
    private readonly int[] _nodes;
    private readonly bool _instancePerCpu;

    // Index for each CPU number, -1 for a CPU that was not there; replaced as a whole.
    private volatile int[] _indexOfCpu;
    private long _refreshed;

    private SysfsTopology(bool instancePerCpu, string directory, Func<int> currentCpu, TimeProvider clock)
    {
        _instancePerCpu = instancePerCpu;
        _directory = directory;
        _currentCpu = currentCpu;
        _clock = clock;
        SortedDictionary<int, int[]> cpusOfNode = ReadNodes(directory);
        _nodes = instancePerCpu ? [.. cpusOfNode.Values.SelectMany(cpus => cpus).Order()] : [.. cpusOfNode.Keys];
        if (_nodes.Length == 0)
        {
            _nodes = [0];
        }

        _indexOfCpu = MapCpus(cpusOfNode);
        _refreshed = clock.GetTimestamp();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<int> Nodes => _nodes;

    /// <inheritdoc/>
    public override int CurrentIndex
    {
        get
        {
            // Asking is a system call where the kernel has no vDSO for it: 15 us of a read's 50 in user-mode Linux.
            if (_nodes.Length == 1)
            {
                return 0;
            }

            int cpu = _currentCpu();
            int[] map = _indexOfCpu;
            if ((uint)cpu < (uint)map.Length && map[cpu] >= 0)
            {
                return map[cpu];
            }

            Refresh();
            return 0;
        }
    }

    /// <summary>One instance for each NUMA node.</summary>
    public static SysfsTopology ForNodes(TimeProvider clock) => ForNodes("/sys/devices/system/node", LibC.sched_getcpu, clock);

    /// <summary>One instance for each CPU that is online now; others are served by the first.</summary>
    public static SysfsTopology ForCpus(TimeProvider clock) =>
        new(instancePerCpu: true, "/sys/devices/system/node", LibC.sched_getcpu, clock);

    internal static SysfsTopology ForNodes(string directory, Func<int> currentCpu, TimeProvider clock) =>
        new(instancePerCpu: false, directory, currentCpu, clock);

    internal static SysfsTopology ForCpus(string directory, Func<int> currentCpu, TimeProvider clock) =>
        new(instancePerCpu: true, directory, currentCpu, clock);

    /// <summary>Parses the kernel's lists of numbers, such as "0-3,8"; an empty one is empty.</summary>
    internal static IEnumerable<int> ParseList(string text)
    {
        foreach (string part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] ends = part.Split('-');
            int first = int.Parse(ends[0], CultureInfo.InvariantCulture);
            int last = int.Parse(ends[^1], CultureInfo.InvariantCulture);
            for (int number = first; number <= last; number++)
            {
                yield return number;
            }
        }
    }

    private static SortedDictionary<int, int[]> ReadNodes(string directory)
    {
        var nodes = new SortedDictionary<int, int[]>();
        try
        {
            foreach (int node in ParseList(File.ReadAllText(Path.Combine(directory, "online"))))
            {
                string list = File.ReadAllText(Path.Combine(directory, FormattableString.Invariant($"node{node}"), "cpulist"));
                int[] cpus = [.. ParseList(list)];
                if (cpus.Length > 0)
                {
                    nodes.Add(node, cpus);
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException)
        {
            // No sysfs, or not all of it: one instance serves everybody.
            nodes.Clear();
        }

        return nodes;
    }

    private int[] MapCpus(SortedDictionary<int, int[]> cpusOfNode)
    {
        int highest = cpusOfNode.Values.SelectMany(cpus => cpus).DefaultIfEmpty(-1).Max();
        int[] map = new int[highest + 1];
        Array.Fill(map, -1);
        foreach ((int node, int[] cpus) in cpusOfNode)
        {
            foreach (int cpu in cpus)
            {
                // An instance that did not exist at the start is not made later.
                map[cpu] = Math.Max(0, Array.BinarySearch(_nodes, _instancePerCpu ? cpu : node));
            }
        }

        return map;
    }

    private void Refresh()
    {
        long last = Interlocked.Read(ref _refreshed);
        if (_clock.GetElapsedTime(last) >= s_refreshInterval
            && Interlocked.CompareExchange(ref _refreshed, _clock.GetTimestamp(), last) == last)
        {
            _indexOfCpu = MapCpus(ReadNodes(_directory));
        }
    }
}
