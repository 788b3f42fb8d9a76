// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.CommandLine;
using System.Text;
using LrngCuse.Control;

namespace LrngCuse.Commands;

/// <summary>lrng selftest: has the daemon run every self-test now, and says what they found.</summary>
internal static class SelfTestCommand
{
    internal static Command Create()
    {
        Option<string> socket = SocketOption.Create();
        var command = new Command("selftest", "Run every self-test of the daemon now; ends with 5 if one failed, now or before. Takes CAP_SYS_ADMIN.") { socket };
        command.SetAction(async (parsed, cancellation) =>
        {
            using ControlClient client = ControlClient.Connect(SocketOption.PathFor(parsed, socket));
            ControlReply reply = await client.AskAsync(new ControlRequest { Schema = ControlFrame.Schema, Command = "selftest" }, cancellation);
            string text = reply.Text ?? throw new CommandException("the daemon's reply has no verdict", "is it of the same version?");
            StandardOutput.Write(Encoding.UTF8.GetBytes(text));
            return ExitCodes.Success;
        });
        return command;
    }
}
