// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Globalization;
using LrngCuse.Hosting;
using LrngEngine.Crypto;

namespace LrngCuse.Control;

/// <summary>The settings that may be changed while the daemon runs. What is changed is forgotten when it ends.</summary>
internal static class RuntimeSettings
{
    // The names of the configuration are taken as well as LRNG's short ones.
    private static readonly string[] s_drng = ["drng", "drng.mechanism"];
    private static readonly string[] s_hash = ["hash", "seeding.hash"];
    private static readonly string[] s_reseedSeconds = ["urandom_min_reseed_secs", "drng.reseed_seconds"];
    private const string WriteWakeupThreshold = "write_wakeup_threshold";

    /// <summary>Their names, of which each is offered by completion; the others are the same settings as in the configuration.</summary>
    internal static IReadOnlyList<string> Names { get; } =
        ["jitter.credit", "cpu.credit", "kernel.credit", s_drng[0], s_hash[0], WriteWakeupThreshold, s_reseedSeconds[0]];

    /// <summary>The values of a setting that takes a name; none of one that takes a number.</summary>
    internal static IEnumerable<string> ValuesOf(string? key) =>
        s_drng.Contains(key) ? Drngs.All.Select(drng => drng.Name)
        : s_hash.Contains(key) ? ConditioningHashes.All.Select(hash => hash.Name)
        : [];

    /// <exception cref="CommandException">The setting or the value is not accepted, or the change cannot be made: nothing has changed.</exception>
    /// <exception cref="LrngEngine.GeneratorFailedException">The generator is in the error state, because of this change or before.</exception>
    internal static void Change(Generator generator, string? key, string? value)
    {
        if (s_drng.Contains(key))
        {
            generator.SwitchDrng(value ?? "");
        }
        else if (s_hash.Contains(key))
        {
            generator.SwitchHash(value ?? "");
        }
        else if (!TrySetNumber(generator, key, value))
        {
            throw new CommandException(
                $"{key} = {value} is not accepted",
                "accepted: jitter.credit, cpu.credit or kernel.credit, 0..256 bits of entropy for every 256 data bits; drng or hash, a name; "
                    + $"{WriteWakeupThreshold}, 0..{generator.Manager.Auxiliary.MaximumAvailableBits} bits; urandom_min_reseed_secs, 0..2147483647",
                ExitCodes.Usage);
        }
    }

    private static bool TrySetNumber(Generator generator, string? key, string? value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        && (key == WriteWakeupThreshold ? generator.Manager.Demand.TrySetThreshold(number)
            : s_reseedSeconds.Contains(key) ? generator.Manager.TrySetMaximumReseedSeconds(number)
            : (key ?? "").Split('.') is [var section, "credit"] && number <= 256 && generator.TrySetCredit(section, number));
}
