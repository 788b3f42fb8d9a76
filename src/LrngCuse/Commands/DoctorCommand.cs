// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.CommandLine;
using System.Text;
using LrngCuse.Control;
using LrngCuse.Diagnosis;
using LrngCuse.Hosting.Configuration;

namespace LrngCuse.Commands;

/// <summary>lrng doctor: what keeps the daemon from serving, or from being seeded, and what to do about it.</summary>
internal static class DoctorCommand
{
    internal static Command Create()
    {
        Option<string> socket = SocketOption.Create();
        var config = new Option<string>("--config") { Description = "configuration file, in place of those in /etc/lrng and /usr/lib/lrng", HelpName = "FILE" };
        var command = new Command("doctor", "Look for what is wrong; each finding with a fix. Ends with 1 if there is one.") { config, socket };
        command.SetAction(async (parsed, cancellation) =>
        {
            List<Finding> findings = [.. ConfigurationChecks.Check(
                () => SettingsLoader.Load(parsed.GetValue(config), Environment.GetEnvironmentVariable, []), out DaemonSettings? settings)];
            StatusDocument? status = await StatusAsync(SocketOption.PathFor(parsed, socket), findings, cancellation);
            MachineSources machine = MachineSources.Read("/");
            findings.AddRange(settings is null ? [] : EntropyBudget.Check(settings, machine, status is { Operational: true }));

            // A device that is served needs no other.
            findings.AddRange(new MachineChecks("/").All(settings?.Transport ?? "auto", settings is { CreditsEvents: true }).Where(finding => status is null || finding.Subject is not ("cuse" or "fuse")));
            findings.AddRange(status is null ? [] : DaemonChecks.Check(status, machine.Hardware));
            findings.AddRange(status is null || settings is null ? [] : DeviceChecks.Check(status.Device, settings));
            var colours = new Colours(StandardOutput.IsTerminal, Environment.GetEnvironmentVariable("NO_COLOR"));
            StandardOutput.Write(Encoding.UTF8.GetBytes(TextOf(findings, colours)));
            return findings.Any(finding => finding.Fix is not null) ? ExitCodes.Failed : ExitCodes.Success;
        });
        return command;
    }

    /// <summary>One line a finding.</summary>
    internal static string TextOf(IEnumerable<Finding> findings, Colours colours)
    {
        var text = new StringBuilder();
        foreach (Finding finding in findings)
        {
            _ = finding.Fix is null
                ? text.Append(colours.Good("ok")).Append($"       {finding.Subject}: {finding.Text}\n")
                : text.Append(colours.Bad("problem")).Append($"  {finding.Subject}: {finding.Text} -- fix: {finding.Fix}\n");
        }

        return text.ToString();
    }

    // Null if no daemon answers, which is a finding.
    private static async Task<StatusDocument?> StatusAsync(string path, List<Finding> findings, CancellationToken cancellation)
    {
        try
        {
            using ControlClient client = ControlClient.Connect(path);
            ControlReply reply = await client.AskAsync(new ControlRequest { Schema = ControlFrame.Schema, Command = "status" }, cancellation);
            return reply.Status ?? throw new CommandException("the daemon's reply has no status", "is it of the same version?");
        }
        catch (CommandException error)
        {
            findings.Add(new Finding("daemon", error.Message, error.Hint));
            return null;
        }
    }
}
