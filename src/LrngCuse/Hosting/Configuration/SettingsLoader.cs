// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;

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
        var origins = new Dictionary<string, string>();
        foreach (IniEntry entry in entries)
        {
            Check(entry);
            values[entry.Key] = entry.Value;
            origins[entry.Key] = entry.Origin;
        }

        CheckBuild(values, origins);
        var settings = new DaemonSettings(values, origins.Keys);
        CheckTogether(settings);
        return settings;
    }

    // A source that the build lacks is absent by default; who asks for it by name must hear of it.
    private static void CheckBuild(Dictionary<string, string> values, Dictionary<string, string> origins)
    {
        foreach ((string section, _, bool inBuild) in DaemonSettings.Sources)
        {
            string key = $"{section}.enabled";
            if (!inBuild && values[key] is "yes" or "on" && origins.TryGetValue(key, out string? origin))
            {
                throw new CommandException(
                    $"{origin}: {key}: this build has no {section} source",
                    $"leave {key} out or set it to no, or use a build that has the source",
                    ExitCodes.Configuration);
            }
        }
    }

    // Settings that are right each for itself and wrong together. The auxiliary pool may count as a source at run time, but
    // nothing here promises that it is fed.
    private static void CheckTogether(DaemonSettings settings)
    {
        int credited = DaemonSettings.Sources.Count(source => settings.IsCredited(source.Section));
        if (settings.BitsFromTwoSources > 0 && credited < 2)
        {
            throw new CommandException(
                $"seeding.ntg1 wants two credited sources, and {credited} of {string.Join(", ", DaemonSettings.Sources.Select(source => source.Section))} is enabled and credited",
                "enable and credit a second source, or set seeding.ntg1 = off",
                ExitCodes.Configuration);
        }

        if (settings.CreditsInterrupts && settings.IsCredited("scheduler"))
        {
            throw new CommandException(
                "interrupts.events_per_256_bits and scheduler.events_per_256_bits cannot both be numbers: the events of the two sources are dependent",
                "set one of the two to none, or leave it out",
                ExitCodes.Configuration);
        }

        if (settings.KernelEnabled && settings.KernelCredit > 0 && settings.KernelRefusal is { } refusal)
        {
            throw new CommandException(
                $"kernel.credit = {settings.KernelCredit} cannot stand {refusal}",
                "set kernel.credit = 0, or leave it out",
                ExitCodes.Configuration);
        }

        _ = ConditioningHashes.TryFind(settings.Hash, out ConditioningHashFactory? hash);
        if (settings.RefusalOf(hash!) is { } hashRefusal)
        {
            throw new CommandException(
                $"seeding.hash = {hash!.Name} {hashRefusal}", $"set seeding.hash to one of these, or leave it out: {DaemonSettings.WideHashes}", ExitCodes.Configuration);
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
            throw new CommandException($"{entry.Origin}: unknown setting '{entry.Key}'", HintFor(entry.Key), ExitCodes.Configuration);
        }

        if (!setting.IsValid(entry.Value))
        {
            throw new CommandException(
                $"{entry.Origin}: {entry.Key}: '{entry.Value}' is not accepted", $"accepted: {setting.Accepted}", ExitCodes.Configuration);
        }
    }

    private static string HintFor(string unknownKey)
    {
        // LRNG rates the two kinds of source by reciprocal figures, which are easily mistaken for each other.
        if (unknownKey.EndsWith(".events_per_256_bits", StringComparison.Ordinal))
        {
            return "jitter, cpu and kernel take credit = 0..256 (bits of entropy for every 256 data bits); "
                + "events_per_256_bits (at least 256) belongs to interrupts and scheduler";
        }

        if (unknownKey is "interrupts.credit" or "scheduler.credit")
        {
            return $"{unknownKey[..^6]}events_per_256_bits = 256..4294967295 (events that carry 256 bits), or none; "
                + "credit belongs to jitter, cpu and kernel";
        }

        string section = unknownKey[..(unknownKey.IndexOf('.', StringComparison.Ordinal) + 1)];
        string[] known = [.. DaemonSettings.All.Select(known => known.Key).Where(key => key.StartsWith(section, StringComparison.Ordinal))];
        return known.Length > 0
            ? $"known here: {string.Join(", ", known)}"
            : $"sections are {string.Join(", ", DaemonSettings.All.Select(known => known.Key.Split('.')[0]).Distinct())}";
    }
}
