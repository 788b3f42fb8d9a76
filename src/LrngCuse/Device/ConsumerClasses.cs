// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics;

namespace LrngCuse.Device;

/// <summary>
/// The classes that readers are counted by: one for each cgroup, 64 at most, so that nobody fills memory or metrics by making
/// cgroups. A class without open files makes room for a new one, the longest away first, and what it counted goes to "ended";
/// while all 64 have open files newcomers are counted as "other". Thread-safe.
/// </summary>
internal sealed class ConsumerClasses
{
    internal const int MaximumNamed = 64;

    private readonly Lock _lock = new();

    // All below guarded by _lock.
    private readonly Dictionary<string, ConsumerClass> _named = [];
    private readonly ConsumerClass _other = new("other");
    private readonly ConsumerClass _ended = new("ended");
    private long _opens;

    /// <summary>A file was opened.</summary>
    internal ConsumerClass Enter(string name)
    {
        lock (_lock)
        {
            ConsumerClass entered = FindOrAdd(name);
            entered.OpenFiles++;
            entered.LastOpened = ++_opens;
            return entered;
        }
    }

    /// <summary>A file was closed for good.</summary>
    internal void Leave(ConsumerClass left)
    {
        lock (_lock)
        {
            Debug.Assert(left.OpenFiles > 0, "left once for each time that it was entered");
            left.OpenFiles--;
        }
    }

    /// <summary>Every class that was ever used, those that read most first.</summary>
    internal IReadOnlyList<ConsumerCount> Read()
    {
        lock (_lock)
        {
            return
            [
                .. _named.Values.Append(_other).Append(_ended)
                    .Select(one => one.Read())
                    .Where(count => count is { OpenFiles: > 0 } or { Reads: > 0 } or { LimitedReads: > 0 })
                    .OrderByDescending(count => count.Bytes),
            ];
        }
    }

    private ConsumerClass FindOrAdd(string name)
    {
        if (_named.TryGetValue(name, out ConsumerClass? known))
        {
            return known;
        }

        if (_named.Count == MaximumNamed && !TryMakeRoom())
        {
            return _other;
        }

        var added = new ConsumerClass(name);
        _named.Add(name, added);
        return added;
    }

    private bool TryMakeRoom()
    {
        if (_named.Values.Where(one => one.OpenFiles == 0).MinBy(one => one.LastOpened) is not { } longestAway)
        {
            return false;
        }

        _ = _named.Remove(longestAway.Name);
        _ended.Absorb(longestAway);
        return true;
    }
}
