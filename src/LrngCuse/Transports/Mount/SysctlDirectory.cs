// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Globalization;
using LrngEngine.Drng;

namespace LrngCuse.Transports.Mount;

/// <summary>What LRNG has in /proc/sys/kernel/random (reference 7.7).</summary>
internal static class SysctlDirectory
{
    internal const string Name = "sys";

    internal static MountDirectory Create(DrngManager manager)
    {
        var identifiers = new RandomIdentifiers(manager);
        return new MountDirectory(
            Name,
            Number("poolsize", () => manager.Auxiliary.CapacityBits),
            Number("entropy_avail", () => manager.Auxiliary.AvailableBits),
            Number("write_wakeup_threshold", () => manager.Demand.WriteWakeupThreshold, manager.Demand.TrySetThreshold),
            Number("urandom_min_reseed_secs", () => manager.MaximumReseedSeconds, manager.TrySetMaximumReseedSeconds),
            new SysctlFile("boot_id", identifiers.WriteBootId) { ContinuesAtOffset = true },
            new SysctlFile("uuid", identifiers.WriteUuid) { ContinuesAtOffset = true });
    }

    private static SysctlFile Number(string name, Func<int> read, Func<int, bool>? write = null)
    {
        return new SysctlFile(name, Render, write);

        int Render(Span<byte> text)
        {
            _ = read().TryFormat(text, out int digits, provider: CultureInfo.InvariantCulture);
            text[digits] = (byte)'\n';
            return digits + 1;
        }
    }
}
