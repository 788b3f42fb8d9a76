// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Hosting.Configuration;

namespace LrngCuse.Diagnosis;

/// <summary>What the configuration says, and whether sources so credited can ever make a full seed.</summary>
internal static class ConfigurationChecks
{
    private const int FullSeedBits = 256;

    /// <param name="load">Reads the configuration.</param>
    /// <param name="settings">It; null if it has mistakes.</param>
    internal static IReadOnlyList<Finding> Check(Func<DaemonSettings> load, out DaemonSettings? settings)
    {
        try
        {
            settings = load();
            return [new Finding("configuration", "is accepted"), Budget(settings)];
        }
        catch (CommandException error)
        {
            settings = null;
            return [.. error.Mistakes.Select(mistake => new Finding("configuration", mistake.Message, mistake.Hint))];
        }
    }

    /// <summary>The entropy that is to be had.</summary>
    internal static Finding Budget(DaemonSettings settings)
    {
        string[] credited = [.. DaemonSettings.Sources.Select(source => source.Section).Where(settings.IsCredited)];
        if (credited.Length == 0)
        {
            return new Finding(
                "entropy",
                "no source is credited: nothing is seeded until a feeder adds entropy to the device",
                "credit a source, or run a feeder such as rngd with the device as its output");
        }

        // Timer sources give what they have collected, which may be all of it.
        int onePull = credited.Sum(section => section is "interrupts" or "scheduler" ? FullSeedBits : settings.Credit(section));
        return !settings.ForceSeeding && onePull < FullSeedBits
            ? new Finding(
                "entropy",
                $"one pull of {string.Join(", ", credited)} is worth {onePull} bits, and seeding.force_seeding = no asks for {FullSeedBits}: never seeded",
                "set seeding.force_seeding = yes, or raise a credit that an assessment justifies")
            : new Finding("entropy", $"credited: {string.Join(", ", credited)}");
    }
}
