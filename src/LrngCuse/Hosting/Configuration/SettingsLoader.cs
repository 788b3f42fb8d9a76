// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;

namespace LrngCuse.Hosting.Configuration;

/// <summary>
/// Puts the settings together: defaults, then the profile, then /usr/lib/lrng/lrng.conf, /etc/lrng/lrng.conf,
/// /etc/lrng/lrng.conf.d/*.conf (or the one file that --config names), then LRNG_* variables, then flags; the last one counts.
/// </summary>
internal static class SettingsLoader
{
    private const string VendorFile = "/usr/lib/lrng/lrng.conf";
    private const string AdministratorFile = "/etc/lrng/lrng.conf";
    private const string DropInDirectory = "/etc/lrng/lrng.conf.d";

    /// <param name="file">From --config; null for the system's files.</param>
    /// <param name="environment">Value of a variable or null.</param>
    /// <param name="flags">Settings from the command line.</param>
    /// <exception cref="CommandException">Names origin, key, value and what is accepted, of every mistake.</exception>
    internal static DaemonSettings Load(
        string? file, Func<string, string?> environment, IEnumerable<KeyValuePair<string, string>> flags)
    {
        var mistakes = new List<CommandException>();
        IEnumerable<string> files = file is null ? SystemFiles(mistakes) : [file];
        List<IniEntry> entries =
        [
            .. files.SelectMany(path => IniFile.Read(path, mistakes)),
            .. FromEnvironment(environment),
            .. flags.Select(flag => new IniEntry(flag.Key, flag.Value, "command line")),
        ];
        return Merge(entries, mistakes);
    }

    internal static DaemonSettings Merge(IEnumerable<IniEntry> entries) => Merge(entries, []);

    /// <summary>What is wrong with settings that are right each for itself: the combination.</summary>
    internal static IReadOnlyList<CommandException> MistakesTogether(DaemonSettings settings) => [.. CheckTogether(settings)];

    private static DaemonSettings Merge(IEnumerable<IniEntry> entries, List<CommandException> mistakes)
    {
        var given = new Dictionary<string, IniEntry>();
        foreach (IniEntry entry in entries)
        {
            if (MistakeOf(entry) is { } mistake)
            {
                mistakes.Add(mistake);
            }
            else
            {
                given[entry.Key] = entry;
            }
        }

        mistakes.AddRange(CheckBuild(given));
        var settings = new DaemonSettings(given);

        // What one wrong line leads to in combination is not worth a word until it is right.
        if (mistakes.Count == 0)
        {
            mistakes.AddRange(CheckTogether(settings));
        }

        return mistakes.Count == 0 ? settings : throw new CommandException(mistakes);
    }

    // A source that the build lacks is absent by default; who asks for it by name must hear of it.
    private static IEnumerable<CommandException> CheckBuild(Dictionary<string, IniEntry> given)
    {
        foreach ((string section, _, bool inBuild) in DaemonSettings.Sources)
        {
            string key = $"{section}.enabled";
            if (!inBuild && given.TryGetValue(key, out IniEntry? entry) && entry is { Value: "yes" or "on" })
            {
                yield return Mistake(
                    $"{entry!.Origin}: {key}: this build has no {section} source",
                    $"leave {key} out or set it to no, or use a build that has the source");
            }
        }
    }

    // Settings that are right each for itself and wrong together. A hardware generator counts for who says that there is one, by its
    // credit; what else feeds the auxiliary pool may count at run time, but nothing here promises it.
    private static IEnumerable<CommandException> CheckTogether(DaemonSettings settings)
    {
        string[] sections = [.. DaemonSettings.Sources.Select(source => source.Section)];
        int credited = sections.Count(settings.IsCredited) + (settings.ReliesOnHardware ? 1 : 0);
        if (settings.BitsFromTwoSources > 0 && credited < 2)
        {
            yield return Mistake(
                $"seeding.ntg1 wants two credited sources, and {credited} of {string.Join(", ", sections)} is enabled and credited",
                "enable and credit a second source, set hwrng.credit if there is a hardware generator, or set seeding.ntg1 = off");
        }

        if (settings.CreditsInterrupts && settings.IsCredited("scheduler"))
        {
            yield return Mistake(
                "interrupts.events_per_256_bits and scheduler.events_per_256_bits cannot both be numbers: the events of the two sources are dependent",
                "set one of the two to none, or leave it out");
        }

        if (settings.KernelEnabled && settings.KernelCredit > 0 && settings.KernelRefusal is { } refusal)
        {
            yield return Mistake(
                $"kernel.credit = {settings.KernelCredit} cannot stand {refusal}",
                "set kernel.credit = 0, or leave it out");
        }

        _ = ConditioningHashes.TryFind(settings.Hash, out ConditioningHashFactory? hash);
        if (settings.RefusalOf(hash!) is { } hashRefusal)
        {
            yield return Mistake(
                $"seeding.hash = {hash!.Name} {hashRefusal}", $"set seeding.hash to one of these, or leave it out: {DaemonSettings.WideHashes}");
        }
    }

    private static IEnumerable<string> SystemFiles(List<CommandException> mistakes)
    {
        string[] dropIns = [];
        try
        {
            dropIns = Directory.Exists(DropInDirectory) ? Directory.GetFiles(DropInDirectory, "*.conf") : [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            mistakes.Add(Mistake($"cannot read {DropInDirectory}: {error.Message}", "check its permissions"));
        }

        return [.. new[] { VendorFile, AdministratorFile }.Where(File.Exists), .. dropIns.Order(StringComparer.Ordinal)];
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

    private static CommandException? MistakeOf(IniEntry entry)
    {
        Setting? setting = DaemonSettings.All.FirstOrDefault(setting => setting.Key == entry.Key);
        if (setting is null)
        {
            return Mistake($"{entry.Origin}: unknown setting '{entry.Key}'", HintFor(entry.Key));
        }

        return setting.IsValid(entry.Value)
            ? null
            : Mistake($"{entry.Origin}: {entry.Key}: '{entry.Value}' is not accepted", $"accepted: {setting.Accepted}");
    }

    private static CommandException Mistake(string problem, string hint) => new(problem, hint, ExitCodes.Configuration);

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
