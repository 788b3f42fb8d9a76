// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Hosting.Configuration;

namespace LrngCuse.Diagnosis;

/// <summary>Whether the configuration is one.</summary>
internal static class ConfigurationChecks
{
    /// <param name="load">Reads the configuration.</param>
    /// <param name="settings">It; null if it has mistakes.</param>
    internal static IReadOnlyList<Finding> Check(Func<DaemonSettings> load, out DaemonSettings? settings)
    {
        try
        {
            settings = load();
            return [new Finding("configuration", "is accepted")];
        }
        catch (CommandException error)
        {
            settings = null;
            return [.. error.Mistakes.Select(mistake => new Finding("configuration", mistake.Message, mistake.Hint))];
        }
    }
}
