// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Hosting.Configuration;

/// <summary>
/// Puts the settings together: defaults, then /usr/lib/lrng/lrng.conf, /etc/lrng/lrng.conf, /etc/lrng/lrng.conf.d/*.conf (or the
/// one file that --config names), then LRNG_* variables, then flags; the last one counts.
/// </summary>
internal static class SettingsLoader
{
    private const string VendorFile = "/usr/lib/lrng/lrng.conf";
    private const string AdministratorFile = "/etc/lrng/lrng.conf";
    private const string DropInDirectory = "/etc/lrng/lrng.conf.d";

    /// <param name="file">From --config; null for the system's files.</param>
    /// <param name="environment">Value of a variable or null.</param>
    /// <param name="flags">Settings from the command line.</param>
    /// <exception cref="CommandException">Names origin, key, value and what is accepted.</exception>
    internal static DaemonSettings Load(
        string? file, Func<string, string?> environment, IEnumerable<KeyValuePair<string, string>> flags)
    {
        IEnumerable<string> files = file is null ? SystemFiles() : [file];
        IEnumerable<IniEntry> entries = files.SelectMany(IniFile.Read)
            .Concat(FromEnvironment(environment))
            .Concat(flags.Select(flag => new IniEntry(flag.Key, flag.Value, "command line")));
        return Merge(entries);
    }

    internal static DaemonSettings Merge(IEnumerable<IniEntry> entries)
    {
        Dictionary<string, string> values = DaemonSettings.All.ToDictionary(setting => setting.Key, setting => setting.Default);
        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach (IniEntry entry in entries)
        {
            Check(entry);
            values[entry.Key] = entry.Value;
            _ = given.Add(entry.Key);
        }

        var settings = new DaemonSettings(values, given);
        CheckTogether(settings);
        return settings;
    }

    // Settings that are right each for itself and wrong together.
    private static void CheckTogether(DaemonSettings settings)
    {
        int credited = new[] { settings.JitterCredit, settings.CpuCredit, settings.KernelCredit }.Count(credit => credit > 0);
        if (settings.BitsFromTwoSources > 0 && credited < 2)
        {
            throw new CommandException(
                $"seeding.ntg1 wants two credited sources, and {credited} of jitter.credit, cpu.credit and kernel.credit is above 0",
                "credit a second source, or set seeding.ntg1 = off",
                ExitCodes.Configuration);
        }

        if (settings.Oversampling && settings.KernelCredit > 0)
        {
            throw new CommandException(
                $"kernel.credit = {settings.KernelCredit} cannot stand with seeding.sp800_90c = on: the kernel's generator is no assessed entropy source",
                "set kernel.credit = 0, or leave it out",
                ExitCodes.Configuration);
        }
    }

    private static IEnumerable<string> SystemFiles()
    {
        IEnumerable<string> dropIns = Directory.Exists(DropInDirectory)
            ? Directory.EnumerateFiles(DropInDirectory, "*.conf").Order(StringComparer.Ordinal)
            : [];
        return new[] { VendorFile, AdministratorFile }.Where(File.Exists).Concat(dropIns);
    }

    private static IEnumerable<IniEntry> FromEnvironment(Func<string, string?> environment)
    {
        foreach (Setting setting in DaemonSettings.All)
        {
            if (environment(setting.EnvironmentVariable) is { } value)
            {
                yield return new IniEntry(setting.Key, value, $"environment variable {setting.EnvironmentVariable}");
            }
        }
    }

    private static void Check(IniEntry entry)
    {
        Setting? setting = DaemonSettings.All.FirstOrDefault(setting => setting.Key == entry.Key);
        if (setting is null)
        {
            string section = entry.Key[..(entry.Key.IndexOf('.', StringComparison.Ordinal) + 1)];
            string[] known = [.. DaemonSettings.All.Select(known => known.Key).Where(key => key.StartsWith(section, StringComparison.Ordinal))];
            string hint = known.Length > 0
                ? $"known here: {string.Join(", ", known)}"
                : $"sections are {string.Join(", ", DaemonSettings.All.Select(known => known.Key.Split('.')[0]).Distinct())}";
            throw new CommandException($"{entry.Origin}: unknown setting '{entry.Key}'", hint, ExitCodes.Configuration);
        }

        if (!setting.IsValid(entry.Value))
        {
            throw new CommandException(
                $"{entry.Origin}: {entry.Key}: '{entry.Value}' is not accepted", $"accepted: {setting.Accepted}", ExitCodes.Configuration);
        }
    }
}
