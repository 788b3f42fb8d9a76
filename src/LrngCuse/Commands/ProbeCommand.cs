// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.CommandLine;
using LrngCuse.Copies;
using LrngCuse.Hosting.Configuration;
using LrngCuse.Sampling;

namespace LrngCuse.Commands;

/// <summary>lrng probe: opens the kernel's events for a daemon that may not, and has systemd keep them for it.</summary>
internal static class ProbeCommand
{
    internal static Command Create()
    {
        var command = new Command(
            "probe", "Open the kernel's events for the timer sources, and store them with systemd for the daemon (ExecStartPre=-+).");
        command.SetAction(_ => Run(Environment.GetEnvironmentVariable("NOTIFY_SOCKET")));
        return command;
    }

    private static int Run(string? manager)
    {
        var calls = new LinuxPerfCalls();
        IReadOnlyList<string> vectors = SettingsLoader.Load(file: null, Environment.GetEnvironmentVariable, []).InterruptVectors;
        using var probe = new EventProbe(
            calls, TracepointFinder.Find, CpuList.ReadOnline(), vectors.Select(TracepointFinder.FindVector));
        if (!string.IsNullOrEmpty(manager))
        {
            HandOver(probe, DescriptorStore.Connect(manager), calls);
        }

        foreach ((TimerEvent timerEvent, int cpus, _) in probe.Findings)
        {
            Console.Out.WriteLine($"{NameOf(timerEvent)}: {cpus} CPUs");
        }

        (TimerEvent refused, _, string reason) = probe.Findings.FirstOrDefault(finding => finding.Reason.Length > 0);
        return reason is null
            ? ExitCodes.Success
            : throw new CommandException(
                $"{NameOf(refused)}: {reason}", "as root on the host it takes no more than a kernel with tracepoints");
    }

    // The kernel's events too: the daemon's own filter lets it make no socket that could receive them.
    private static void HandOver(EventProbe probe, DescriptorStore store, LinuxPerfCalls calls)
    {
        using (store)
        {
            foreach (OpenedEvent opened in probe.Opened)
            {
                store.Store(EventName.Of(opened), opened.File);
            }

            using KernelEvents? events = KernelEvents.Open(out _);
            if (events is not null)
            {
                store.Store(KernelEvents.HandedOverName, events.File);
            }

            _ = store.WaitUntilTaken(calls);
        }
    }

    private static string NameOf(TimerEvent timerEvent) => timerEvent switch
    {
        TimerEvent.Interrupt => "interrupts",
        TimerEvent.Vector => "interrupts of the CPUs themselves",
        _ => "scheduler",
    };
}
