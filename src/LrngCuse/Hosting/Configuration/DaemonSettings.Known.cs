// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Globalization;
using LrngCuse.Sampling;
using LrngCuse.Transports;
using LrngEngine.Crypto;
using LrngEngine.Sources.HardwareRng;
using LrngEngine.Timing;

namespace LrngCuse.Hosting.Configuration;

/// <summary>The settings that there are: key, default, and what each accepts.</summary>
internal sealed partial class DaemonSettings
{
    private const string NoRate = "none";

    private const string NoLimit = "off";

    private const string PullRange = "off, or pulls of the sources a second, 1..1000000";

    private const string YesOrNo = "yes or no (on, off)";

    private const string CreditRange = "bits of entropy for every 256 data bits, 0..256";

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
        new("limits.pulls_per_second_per_uid", NoLimit, PullRange, IsPullRate),
        new("limits.pulls_per_second_per_cgroup", NoLimit, PullRange, IsPullRate),
        new("selftest.on_failure", "error", "error (reads fail with EIO) or abort (the daemon ends)", value => value is "error" or "abort"),
    ];

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

    private static bool IsCollectionSize(string value) =>
        IsNumber(value, CollectionPool.SmallestSlots, CollectionPool.LargestSlots)
            && CollectionPool.AreValid(int.Parse(value, CultureInfo.InvariantCulture));

    private static bool IsYesOrNo(string value) => value is "yes" or "no" or "on" or "off";

    private static bool IsPullRate(string value) => value == NoLimit || IsNumber(value, 1, 1_000_000);

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
}
