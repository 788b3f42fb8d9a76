// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Hosting.Configuration;
using Microsoft.Extensions.Logging;

namespace LrngCuse.Hosting;

/// <summary>Which lines are logged. May be changed while the daemon runs.</summary>
internal sealed class LogLevels
{
    private readonly string _seedingCategory;
    private volatile DaemonSettings _settings;

    /// <param name="settings">Say which.</param>
    /// <param name="seedingCategory">The category of the steps of a seeding.</param>
    internal LogLevels(DaemonSettings settings, string seedingCategory)
    {
        _settings = settings;
        _seedingCategory = seedingCategory;
    }

    internal void Change(DaemonSettings settings) => _settings = settings;

    internal bool IsEnabled(string? category, LogLevel level)
    {
        DaemonSettings settings = _settings;
        LogLevel least = category switch
        {
            // What keeps the daemon from starting is said once, by the command line, without a stack trace.
            "Microsoft.Extensions.Hosting.Internal.Host" => LogLevel.None,
            not null when category.StartsWith("Microsoft", StringComparison.Ordinal) => LogLevel.Warning,
            _ when category == _seedingCategory && settings.LogsSeeding => LogLevel.Debug,
            _ => settings.LogLevel,
        };
        return level >= least;
    }
}
