// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Globalization;
using LrngCuse.Sampling;
using LrngEngine;
using LrngEngine.Crypto;
using LrngEngine.Drng;
using LrngEngine.Seeding;
using LrngEngine.Sources;
using LrngEngine.Sources.HardwareRng;
using Microsoft.Extensions.Logging;

namespace LrngCuse.Hosting.Configuration;

/// <summary>The effective settings of the daemon.</summary>
internal sealed partial class DaemonSettings
{
    internal const string DefaultSocket = "/run/lrng/control.sock";

    private readonly IReadOnlyDictionary<string, IniEntry> _entries;
    private readonly IReadOnlyCollection<string> _given;
    private readonly Profile _profile;
    private readonly Dictionary<string, string> _values;

    /// <param name="entries">What somebody set, by key; the profile and the defaults lie below.</param>
    internal DaemonSettings(IReadOnlyDictionary<string, IniEntry> entries)
    {
        _entries = entries;
        _given = [.. entries.Keys];
        _profile = entries.TryGetValue("seeding.profile", out IniEntry? entry) ? Profiles.Find(entry.Value) : Profiles.Default;
        _values = All.ToDictionary(setting => setting.Key, ValueFor);
    }

    /// <summary>The sources that a build may lack and an administrator may switch off: section of the configuration, LRNG's name, and
    /// whether this build has it.</summary>
    internal static IReadOnlyList<(string Section, string Name, bool InBuild)> Sources =>
    [
        ("interrupts", "IRQ", SourceFeatures.Interrupts),
        ("scheduler", "Scheduler", SourceFeatures.Scheduler),
        ("jitter", "JitterRNG", SourceFeatures.Jitter),
        ("cpu", "CPU", SourceFeatures.Cpu),
        ("kernel", "KernelRNG", SourceFeatures.Kernel),
    ];

    private const string HardwareCreditKey = "hwrng.credit";

    /// <summary>These settings with others set as well.</summary>
    internal DaemonSettings With(params IEnumerable<IniEntry> changes)
    {
        var entries = new Dictionary<string, IniEntry>(_entries);
        foreach (IniEntry change in changes)
        {
            entries[change.Key] = change;
        }

        return new DaemonSettings(entries);
    }

    /// <summary>The value in force. The kernel's generator has no credit where it must not have one.</summary>
    internal string ValueOf(string key) => key == "kernel.credit" ? Text(KernelCredit) : _values[key];

    /// <summary>Where a value comes from: "file:line", the environment, the command line, the profile or the default.</summary>
    internal string OriginOf(string key)
    {
        string origin = _entries.TryGetValue(key, out IniEntry? entry) ? entry.Origin
            : _profile.Values.ContainsKey(key) ? $"profile {_profile.Name}"
            : "default";
        return key == "kernel.credit" && ValueOf(key) != _values[key] ? $"{origin} {_values[key]}, 0 {KernelRefusal}" : origin;
    }

    internal string Transport => _values["serve.transport"];

    internal string Device => _values["serve.device"];

    internal uint Major => (uint)Number("serve.major");

    /// <summary>Permissions of the device nodes, or of their files in the mount.</summary>
    internal UnixFileMode DeviceMode => TryParseMode(_values["serve.mode"], out UnixFileMode mode) ? mode : default;

    internal string Mount => _values["serve.mount"];

    internal string Socket => _values["serve.socket"];

    /// <summary>The user to become after the start as root; empty for none.</summary>
    internal string User => _values["serve.user"];

    internal LogLevel LogLevel => Enum.Parse<LogLevel>(_values["serve.log_level"], ignoreCase: true);

    /// <summary>Bits that two sources must each give for a first full seed; 0 when NTG.1 is off.</summary>
    internal int BitsFromTwoSources => _values["seeding.ntg1"] switch
    {
        "2024" => SeedingStrategy.Ntg1Bits,
        "2022-draft" => SeedingStrategy.Ntg1DraftBits,
        _ => 0,
    };

    /// <summary>The seeding amounts of SP 800-90C.</summary>
    internal bool Oversampling => IsYes("seeding.sp800_90c");

    /// <summary>The output limit of AIS 20/31 DRG.4.</summary>
    internal bool OutputLimited => IsYes("seeding.drg4");

    /// <summary>Conditioner of the auxiliary pool.</summary>
    internal string Hash => _values["seeding.hash"];

    /// <summary>The hashes that every strategy takes.</summary>
    internal static string WideHashes => Names(
        ConditioningHashes.All.Where(hash => hash.DigestBits >= SeedingStrategy.LeastOversamplingDigestBits).Select(hash => hash.Name));

    /// <summary>Why the strategy does not take a hash; null if it does.</summary>
    internal string? RefusalOf(ConditioningHashFactory hash) => Oversampling && hash.DigestBits < SeedingStrategy.LeastOversamplingDigestBits
        ? $"cannot stand with seeding.sp800_90c: the 384 bits of a first seed do not pass through {hash.DigestBits}"
        : null;

    /// <summary>The mechanism of every DRNG.</summary>
    internal string Mechanism => _values["drng.mechanism"];

    /// <summary>Whether a full seed is collected by repeated pulls where one does not give it.</summary>
    internal bool ForceSeeding => IsYes("seeding.force_seeding");

    /// <summary>Blocks that the jitter source collects ahead.</summary>
    internal int JitterBlocks => Number("jitter.buffer_blocks");

    /// <summary>Whether every step of a seeding is logged.</summary>
    internal bool LogsSeeding => IsYes("seeding.debug");

    /// <summary>Age at which the first instance's seed is replaced.</summary>
    internal TimeSpan ReseedAge => TimeSpan.FromSeconds(Number("drng.reseed_seconds"));

    /// <summary>Generate operations without a full reseed after which an instance loses its full seed.</summary>
    internal int MaximumWithoutFullReseed => Number("drng.max_wo_reseed");

    /// <summary>One DRNG for each CPU instead of each NUMA node.</summary>
    internal bool InstancePerCpu => _values["drng.instances"] == "cpu";

    /// <summary>How often output takes in fresh data of the kernel's generator.</summary>
    internal CloneGuardMode CloneGuard => Enum.Parse<CloneGuardMode>(_values["drng.clone_guard"], ignoreCase: true);

    /// <summary>Whether the daemon ends when a self-test fails.</summary>
    internal bool AbortsOnSelfTestFailure => _values["selftest.on_failure"] == "abort";

    internal bool JitterEnabled => IsEnabled("jitter");

    internal bool CpuEnabled => IsEnabled("cpu");

    internal bool KernelEnabled => IsEnabled("kernel");

    internal int JitterCredit => Credit("jitter");

    internal int CpuCredit => Credit("cpu");

    internal int KernelCredit => Credit("kernel");

    /// <summary>Whether the auxiliary pool is fed from a hardware generator.</summary>
    internal bool HardwareEnabled => IsYes("hwrng.enabled");

    /// <summary>The hardware generator's device.</summary>
    internal string HardwareDevice => _values["hwrng.device"];

    internal int HardwareBytesPerSecond => Number("hwrng.bytes_per_second");

    /// <summary>The most that a hardware generator is credited. With SP 800-90C nothing, unless somebody who assessed it says so.</summary>
    internal SourceCredit HardwareCreditLimit => this switch
    {
        _ when _given.Contains(HardwareCreditKey) => new SourceCredit(Number(HardwareCreditKey), "set by the administrator"),
        { Oversampling: true } => new SourceCredit(0, "not an assessed entropy source (SP 800-90C)"),
        _ => HardwareRngOptions.DefaultCreditLimit,
    };

    /// <summary>Whether an administrator counts on a hardware generator: he set a credit for it.</summary>
    internal bool ReliesOnHardware => HardwareEnabled && _given.Contains(HardwareCreditKey) && HardwareCreditLimit.BitsPer256 > 0;

    /// <summary>Pulls of the sources that one user may cause in a second; null: any number.</summary>
    internal int? PullsPerUser => PullRate("limits.pulls_per_second_per_uid");

    /// <summary>Pulls of the sources that one cgroup may cause in a second; null: any number.</summary>
    internal int? PullsPerCgroup => PullRate("limits.pulls_per_second_per_cgroup");

    internal bool LimitsPulls => PullsPerUser is not null || PullsPerCgroup is not null;

    /// <summary>Why the kernel's generator must not be credited, as the end of a sentence; null if it may.</summary>
    internal string? KernelRefusal => this switch
    {
        { Oversampling: true } => "with seeding.sp800_90c: the kernel's generator is no assessed entropy source",
        { CreditsInterrupts: true } => "beside credited interrupts: the kernel's generator rests on them too",
        _ => null,
    };

    /// <summary>Whether the interrupt source is on and credited.</summary>
    internal bool CreditsInterrupts => IsCredited("interrupts");

    /// <summary>Whether a source of the kernel's events is on and credited.</summary>
    internal bool CreditsEvents => CreditsInterrupts || IsCredited("scheduler");

    /// <summary>Which of the CPUs' own interrupts are mixed into the interrupt source, without credit.</summary>
    internal IReadOnlyList<string> InterruptVectors => Vectors.Split(_values["interrupts.vectors"]);

    /// <summary>What follows from a permanent failure of a health test.</summary>
    internal PermanentFailurePolicy OnPermanentFailure =>
        Enum.Parse<PermanentFailurePolicy>(_values["health.on_permanent_failure"], ignoreCase: true);

    /// <summary>Whether the source of a section is switched on and in this build.</summary>
    internal bool IsEnabled(string section) =>
        IsYes($"{section}.enabled") && Sources.Single(source => source.Section == section).InBuild;

    /// <summary>Credited bits for every 256 data bits. The kernel's generator has 0 where it must not be credited, unless somebody
    /// insists, which is refused.</summary>
    internal int Credit(string section) =>
        section == "kernel" && KernelRefusal is not null && !_given.Contains("kernel.credit") ? 0 : Number($"{section}.credit");

    /// <summary>Events of a timer source that carry 256 bits; null if they earn nothing.</summary>
    internal long? EventsPer256Bits(string section) =>
        _values[$"{section}.events_per_256_bits"] is var value && value != NoRate
            ? long.Parse(value, CultureInfo.InvariantCulture)
            : null;

    /// <summary>Slots of a timer source's array for each CPU.</summary>
    internal int CollectionSize(string section) => Number($"{section}.collection_size");

    /// <summary>Whether a timer source hashes a full array at once.</summary>
    internal bool ContinuousCompression(string section) => IsYes($"{section}.continuous_compression");

    /// <summary>Whether the source of a section is switched on, in this build, and credited.</summary>
    internal bool IsCredited(string section) => IsEnabled(section)
        && (IsTimer(section) ? EventsPer256Bits(section) is not (null or uint.MaxValue) : Credit(section) > 0);

    private string ValueFor(Setting setting) => _entries.TryGetValue(setting.Key, out IniEntry? entry) ? entry.Value
        : _profile.Values.TryGetValue(setting.Key, out string? value) ? value
        : setting.Default;

    private static bool IsTimer(string section) => section is "interrupts" or "scheduler";

    private static string Names(IEnumerable<string> names) => string.Join(", ", names);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private bool IsYes(string key) => _values[key] is "yes" or "on";

    private int? PullRate(string key) => _values[key] == NoLimit ? null : Number(key);

    private int Number(string key) => int.Parse(_values[key], CultureInfo.InvariantCulture);
}
