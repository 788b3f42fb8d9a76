// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Globalization;
using LrngCuse.Sampling;
using LrngCuse.Transports;
using LrngEngine;
using LrngEngine.Crypto;
using LrngEngine.Drng;
using LrngEngine.Seeding;
using LrngEngine.Sources;
using LrngEngine.Sources.HardwareRng;
using LrngEngine.Timing;
using Microsoft.Extensions.Logging;

namespace LrngCuse.Hosting.Configuration;

/// <summary>The effective settings of the daemon.</summary>
internal sealed class DaemonSettings
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

    /// <summary>Every setting, in the order of the documentation.</summary>
    internal static IReadOnlyList<Setting> All { get; } =
    [
        new("serve.transport", "auto", "auto, cuse or fuse", value => value is "auto" or "cuse" or "fuse"),
        new("serve.device", "lrng-random", "a name under /dev", value => value.Length > 0),
        new("serve.major", Text(CuseTransport.DefaultMajor), "a device major number, 1..511", value => IsNumber(value, 1, 511)),
        new("serve.mode", "0666", "permissions of the devices in octal digits without the execute bits, 0400..0666", value => TryParseMode(value, out _)),
        new("serve.mount", FuseTransport.DefaultDirectory, "an absolute path", value => value.StartsWith('/')),
        new("serve.socket", DefaultSocket, "an absolute path of at most 107 bytes", IsSocketPath),
        new("serve.user", "", "name of the user that a daemon started as root becomes; empty: none", value => !value.Contains('\0', StringComparison.Ordinal)),
        new("serve.log_level", "information", "debug, information, warning or error", IsLogLevel),
        new("seeding.profile", Profiles.Default.Name, Names(Profiles.All.Select(profile => profile.Name)), value => Profiles.All.Any(profile => profile.Name == value)),
        new("seeding.ntg1", "off", "off, 2024 (two sources of 240 bits) or 2022-draft (two of 220)", value => value is "off" or "2024" or "2022-draft"),
        new("seeding.sp800_90c", "no", YesOrNo, IsYesOrNo),
        new("seeding.drg4", "no", $"{YesOrNo}: at most 2^17 bits of output between two full seeds", IsYesOrNo),
        new("seeding.hash", ConditioningHashes.Default.Name, Names(ConditioningHashes.All.Select(hash => hash.Name)), value => ConditioningHashes.TryFind(value, out _)),
        new("seeding.force_seeding", "yes", $"{YesOrNo}: repeated pulls for a full seed", IsYesOrNo),
        new("seeding.debug", "no", $"{YesOrNo}: every step of a seeding in the log", IsYesOrNo),
        new("drng.mechanism", Drngs.Default.Name, Names(Drngs.All.Select(drng => drng.Name)), value => Drngs.TryFind(value, out _)),
        new("drng.reseed_seconds", "600", "seconds, 1..3600", value => IsNumber(value, 1, 3600)),
        new("drng.max_wo_reseed", "1073741824", "generate operations, 1..1073741824", value => IsNumber(value, 1, 1 << 30)),
        new("drng.instances", "node", "node (one for each NUMA node) or cpu", value => value is "node" or "cpu"),
        new("drng.clone_guard", "request", "request, millisecond or off", value => value is "request" or "millisecond" or "off"),
        .. TimerSettings("interrupts"),
        new("interrupts.vectors", Vectors.None, $"{Vectors.None}, or names separated by blanks: {Names(Vectors.Known)}", Vectors.AreValid),
        .. TimerSettings("scheduler"),
        new("health.on_permanent_failure", "disable", "disable (the source) or stop (the generator)", value => value is "disable" or "stop"),
        new("jitter.enabled", "yes", YesOrNo, IsYesOrNo),
        new("jitter.credit", "16", CreditRange, IsCredit),
        new("jitter.buffer_blocks", "128", "blocks of 256 bits collected ahead: 0, 32, 64, 128, 256, 512 or 1024", value => value is "0" or "32" or "64" or "128" or "256" or "512" or "1024"),
        new("cpu.enabled", "yes", YesOrNo, IsYesOrNo),
        new("cpu.credit", "8", CreditRange, IsCredit),
        new("kernel.enabled", "yes", YesOrNo, IsYesOrNo),
        new("kernel.credit", "128", CreditRange, IsCredit),
        new("hwrng.enabled", "yes", YesOrNo, IsYesOrNo),
        new("hwrng.device", "/dev/hwrng", "an absolute path", value => value.StartsWith('/') && !value.Contains('\0', StringComparison.Ordinal)),
        new("hwrng.bytes_per_second", Text(HardwareRngOptions.DefaultBytesPerSecond), "bytes a second, 1..1048576", value => IsNumber(value, 1, 1 << 20)),
        new(HardwareCreditKey, Text(HardwareRngOptions.DefaultCreditLimit.BitsPer256), $"{CreditRange}, at most", IsCredit),
        new("selftest.on_failure", "error", "error (reads fail with EIO) or abort (the daemon ends)", value => value is "error" or "abort"),
    ];

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

    private const string NoRate = "none";

    private const string YesOrNo = "yes or no (on, off)";

    private const string CreditRange = "bits of entropy for every 256 data bits, 0..256";

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

    /// <summary>Why the kernel's generator must not be credited, as the end of a sentence; null if it may.</summary>
    internal string? KernelRefusal => this switch
    {
        { Oversampling: true } => "with seeding.sp800_90c: the kernel's generator is no assessed entropy source",
        { CreditsInterrupts: true } => "beside credited interrupts: the kernel's generator rests on them too",
        _ => null,
    };

    /// <summary>Whether the interrupt source is on and credited.</summary>
    internal bool CreditsInterrupts => IsCredited("interrupts");

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

    // LRNG rates timer sources by events for 256 bits and the others by bits for 256 data bits: two settings, two names.
    private static Setting[] TimerSettings(string section) =>
    [
        new($"{section}.enabled", "yes", YesOrNo, IsYesOrNo),
        new(
            $"{section}.events_per_256_bits",
            NoRate,
            $"{NoRate}, or events that carry 256 bits of entropy, 256..4294967295",
            value => value == NoRate || (IsNumber(value, 256, uint.MaxValue))),
        new($"{section}.collection_size", Text(CollectionPool.DefaultSlots), "32, 64, 128, 256, 512, 1024, 2048, 4096 or 8192", IsCollectionSize),
        new($"{section}.continuous_compression", "yes", YesOrNo, IsYesOrNo),
    ];

    private static bool IsTimer(string section) => section is "interrupts" or "scheduler";

    private static bool IsCollectionSize(string value) =>
        IsNumber(value, CollectionPool.SmallestSlots, CollectionPool.LargestSlots)
            && CollectionPool.AreValid(int.Parse(value, CultureInfo.InvariantCulture));

    private static string Names(IEnumerable<string> names) => string.Join(", ", names);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static bool IsYesOrNo(string value) => value is "yes" or "no" or "on" or "off";

    private bool IsYes(string key) => _values[key] is "yes" or "on";

    private static bool IsCredit(string value) => IsNumber(value, 0, 256);

    private static bool IsNumber(string value, long least, long most) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number >= least && number <= most;

    private static bool TryParseMode(string value, out UnixFileMode mode)
    {
        bool octal = value.Length is 3 or 4 && value.AsSpan().IndexOfAnyExceptInRange('0', '7') < 0;
        mode = octal ? (UnixFileMode)Convert.ToInt32(value, 8) : default;
        return octal && ((int)mode & ~0b110_110_110) == 0 && mode.HasFlag(UnixFileMode.UserRead);
    }

    private static bool IsLogLevel(string value) => value is "debug" or "information" or "warning" or "error";

    // sun_path has 108 bytes with the closing NUL.
    private static bool IsSocketPath(string value) => value.StartsWith('/') && System.Text.Encoding.UTF8.GetByteCount(value) <= 107;

    private int Number(string key) => int.Parse(_values[key], CultureInfo.InvariantCulture);
}
