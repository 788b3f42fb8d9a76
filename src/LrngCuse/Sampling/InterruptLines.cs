// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Globalization;

namespace LrngCuse.Sampling;

/// <summary>
/// How many handlers (actions) an interrupt has. The tracepoint fires once for each of them, so that one interrupt of a shared line gives
/// several records that depend on each other. Not thread safe.
/// </summary>
internal sealed class InterruptLines
{
    /// <summary>The number could not be read.</summary>
    internal const int Unknown = 0;

    // A driver that is loaded later may share a line that had one handler.
    private static readonly TimeSpan s_refreshInterval = TimeSpan.FromSeconds(10);

    private readonly Func<uint, string?> _readActions;
    private readonly TimeProvider _clock;
    private readonly Dictionary<uint, int> _actions = [];
    private long _refreshed;

    /// <param name="readActions">The names of an interrupt's handlers, separated by commas; null if they cannot be read.</param>
    /// <param name="clock">Tells when to read again.</param>
    internal InterruptLines(Func<uint, string?> readActions, TimeProvider clock)
    {
        _readActions = readActions;
        _clock = clock;
        _refreshed = clock.GetTimestamp();
    }

    /// <summary>As sysfs shows them.</summary>
    internal static InterruptLines FromSysfs(TimeProvider clock) => new(ReadSysfs, clock);

    /// <summary>Forgets what was read too long ago.</summary>
    internal void Refresh()
    {
        if (_clock.GetElapsedTime(_refreshed) >= s_refreshInterval)
        {
            _actions.Clear();
            _refreshed = _clock.GetTimestamp();
        }
    }

    /// <returns>Number of handlers or <see cref="Unknown"/>. A name with a comma counts as two, which errs on the safe side.</returns>
    internal int ActionsOf(uint interrupt)
    {
        if (!_actions.TryGetValue(interrupt, out int count))
        {
            string? names = _readActions(interrupt)?.Trim();
            count = string.IsNullOrEmpty(names) ? Unknown : names.Count(letter => letter == ',') + 1;
            _actions.Add(interrupt, count);
        }

        return count;
    }

    private static string? ReadSysfs(uint interrupt)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/sys/kernel/irq/{interrupt}/actions"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
