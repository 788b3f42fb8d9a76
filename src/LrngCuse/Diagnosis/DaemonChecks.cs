// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Control;
using LrngEngine.Sources.HardwareRng;

namespace LrngCuse.Diagnosis;

/// <summary>What the status of a running daemon says is wrong.</summary>
internal static class DaemonChecks
{
    /// <param name="status">Of the daemon.</param>
    /// <param name="hardware">What the kernel reads behind /dev/hwrng.</param>
    internal static IEnumerable<Finding> Check(StatusDocument status, HardwareIdentity hardware)
    {
        if (status.Version != ProgramVersion.Text)
        {
            yield return new Finding("daemon", $"is version {status.Version}, this is {ProgramVersion.Text}", "restart it: systemctl restart lrng");
        }

        yield return status.ErrorState is { } reason
            ? new Finding("daemon", $"is in the error state, every read fails: {reason}", "restart it; if it fails again suspect the machine")
            : new Finding("daemon", $"serves {string.Join(" and ", status.Device.Paths)} by {status.Device.Transport}; self-tests passed");
        yield return Seeding(status);
        foreach (SourceDocument source in status.Sources)
        {
            if (Check(source, status.Operational) is { } found)
            {
                yield return found;
            }
        }

        if (status.HardwareRng is { } feed && Check(feed, hardware) is { } finding)
        {
            yield return finding;
        }
    }

    // One that never gave anything is not missed here; the entropy budget knows whether it should have.
    internal static Finding? Check(HardwareRngDocument feed, HardwareIdentity hardware) => feed switch
    {
        { State: "failed" } => new Finding(
            "hwrng", $"{feed.Name ?? "the hardware generator"}: {feed.Reason}", "it counts for nothing until the daemon is started again; if it fails again replace it"),
        { State: "waiting" or "unavailable", CreditedBits: > 0 } => new Finding(
            "hwrng",
            $"{feed.Name ?? "the hardware generator"} gave entropy and is gone: {feed.Reason}",
            "see dmesg for its driver; cat /sys/class/misc/hw_random/rng_current names what the kernel reads"),
        { Health: { Failures: > 0 } health } => new Finding(
            "hwrng", $"{feed.Name} failed its health test {health.Failures} times, last: {health.LastFailure}", "a few in weeks are chance; more: set hwrng.credit = 0"),
        { State: "unavailable" } when hardware.Name is not null => new Finding(
            "hwrng",
            $"the kernel has {hardware.Name}, and the daemon does not get it: {feed.Reason}",
            "udevadm trigger --name-match=/dev/hwrng, which 60-lrng.rules gives to group lrng; or set hwrng.enabled = no"),
        { State: "unavailable" } => new Finding("hwrng", $"there is none: {feed.Reason}"),
        _ => null,
    };

    private static Finding Seeding(StatusDocument status)
    {
        if (status.Operational)
        {
            return new Finding("seeding", "fully seeded");
        }

        string credited = string.Join(", ", status.Sources.Where(source => source is { Credit: > 0, State: "running", Name: not "Auxiliary" })
            .Select(source => $"{source.Name} {source.Credit} of 256 bits"));
        return new Finding(
            "seeding",
            $"{status.Level.Replace('_', ' ')}, {status.Device.ParkedReaders} readers wait; credited and running: {(credited.Length > 0 ? credited : "none")}",
            credited.Length > 0
                ? "see what is said here of entropy and of each source; lrng status says how much each gave"
                : "credit a source that this machine has, or feed the device by rngd");
    }

    // Sampling matters to a generator that lacks entropy.
    private static Finding? Check(SourceDocument source, bool operational)
    {
        if (source.State == "failed")
        {
            return new Finding(source.Name, $"has failed: {source.Reason}", "it counts for nothing; restart the daemon to test it anew, and if it fails again do without it");
        }

        if (source.Health is { Failures: > 0 } health)
        {
            return new Finding(source.Name, $"failed its health test {health.Failures} times, last: {health.LastFailure}", "a few in weeks are chance; more: record it by lrng raw and assess it anew");
        }

        return source switch
        {
            { Sampling: { Path: not "perf", Reason: var why } } => new Finding(
                source.Name,
                $"is not sampled by perf events and earns nothing: {why}",
                operational ? null : "have root open them: lrng probe in the unit, or start the daemon as root"),
            { State: "unavailable" } => new Finding(source.Name, $"is not available on this machine: {source.Reason}"),
            _ => null,
        };
    }
}
