// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Globalization;
using LrngCuse.Hosting.Configuration;
using LrngEngine.Sources;

namespace LrngCuse.Diagnosis;

/// <summary>Whether the credited sources that this machine has can ever make a full seed.</summary>
internal sealed class EntropyBudget
{
    private const int FullSeedBits = 256;

    private readonly DaemonSettings _settings;
    private readonly List<(string Name, int Credit, int OnePullBits)> _credited = [];
    private readonly List<Finding> _missing = [];

    private EntropyBudget(DaemonSettings settings, MachineSources machine)
    {
        _settings = settings;
        foreach (string section in DaemonSettings.Sources.Select(source => source.Section).Where(settings.IsCredited))
        {
            Count(section, machine);
        }

        if (settings.HardwareEnabled)
        {
            CountHardware(machine);
        }
    }

    /// <param name="settings">The daemon's.</param>
    /// <param name="machine">What it has.</param>
    /// <param name="seeded">Whether the daemon is fully seeded all the same, by what feeders add to the device.</param>
    internal static IEnumerable<Finding> Check(DaemonSettings settings, MachineSources machine, bool seeded)
    {
        var budget = new EntropyBudget(settings, machine);
        Finding sum = budget.Sum();
        return [.. budget._missing, seeded ? sum with { Fix = null } : sum];
    }

    private void Count(string section, MachineSources machine)
    {
        if (section == "cpu" && !machine.HasCpuGenerator)
        {
            _missing.Add(new Finding("cpu", "this CPU has neither RDSEED nor RDRAND that programs may use: it gives nothing"));
        }
        else if (section is "interrupts" or "scheduler")
        {
            // They give what they have collected, which may be all of it.
            _credited.Add((section, FullSeedBits, FullSeedBits));
        }
        else
        {
            _credited.Add((section, _settings.Credit(section), _settings.Credit(section)));
        }
    }

    // It fills a pool ahead of a pull.
    private void CountHardware(MachineSources machine)
    {
        SourceCredit credit = machine.Hardware.CreditWithin(_settings.HardwareCreditLimit);
        if (machine.Hardware.Name is not null && credit.BitsPer256 > 0)
        {
            _credited.Add(($"hwrng ({machine.Hardware.Name})", credit.BitsPer256, FullSeedBits));
        }
        else if (_settings.ReliesOnHardware)
        {
            _missing.Add(machine.Hardware.Name is null
                ? new Finding(
                    "hwrng",
                    $"hwrng.credit is set, but the kernel has no hardware generator behind {_settings.HardwareDevice}",
                    "load its driver (cat /sys/class/misc/hw_random/rng_available lists what there is), or leave hwrng.credit out")
                : new Finding(
                    "hwrng",
                    $"hwrng.credit is set, but {credit.Reason}",
                    "write its quality in 1024th to /sys/class/misc/hw_random/rng_quality, or leave hwrng.credit out"));
        }
    }

    private Finding Sum()
    {
        if (_credited.Count == 0)
        {
            return new Finding(
                "entropy",
                "no source is credited: nothing is seeded until a feeder adds entropy to the device",
                "credit a source, or run a feeder such as rngd with the device as its output");
        }

        string names = string.Join(", ", _credited.Select(source => string.Create(CultureInfo.InvariantCulture, $"{source.Name} {source.Credit}")));
        int onePull = _credited.Sum(source => source.OnePullBits);
        return this switch
        {
            { _settings.BitsFromTwoSources: > 0 and var each } when _credited.Count < 2 => new Finding(
                "entropy",
                $"seeding.ntg1 wants {each} bits of two sources each, and only one is credited and there: {names} of 256 bits: never seeded",
                "credit a second source that this machine has, or set seeding.ntg1 = off"),
            { _settings.ForceSeeding: false } when onePull < FullSeedBits => new Finding(
                "entropy",
                $"one pull of all sources is worth {onePull} bits ({names} of 256), and seeding.force_seeding = no asks for {FullSeedBits}: never seeded",
                "set seeding.force_seeding = yes, or raise a credit that an assessment justifies"),
            _ => new Finding("entropy", $"credited: {names} of 256 bits"),
        };
    }
}
