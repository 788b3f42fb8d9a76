// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.CommandLine;
using LrngCuse.Control;
using LrngCuse.Device;

namespace LrngCuse.Commands;

/// <summary>lrng get: random bytes from the daemon.</summary>
internal static class GetCommand
{
    private enum Format
    {
        Hex,
        Base64,
        Raw,
    }

    internal static Command Create()
    {
        var bytes = new Argument<long>("N") { Description = "number of bytes" };
        bytes.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && (!long.TryParse(text, out long number) || number < 1))
            {
                result.AddError($"'{text}' is not a number of bytes from 1 on");
            }
        });
        var hex = new Option<bool>("--hex") { Description = "hexadecimal digits (default on a terminal)" };
        var base64 = new Option<bool>("--base64") { Description = "base64" };
        var raw = new Option<bool>("--raw") { Description = "the bytes as they are (default otherwise)" };
        var pr = new Option<bool>("--pr") { Description = "with prediction resistance: fresh entropy for every 32 bytes" };
        var nonblock = new Option<bool>("--nonblock") { Description = "fail instead of waiting for the seed" };
        Option<string> socket = SocketOption.Create();
        var command = new Command("get", "Print N random bytes.") { bytes, hex, base64, raw, pr, nonblock, socket };
        command.Validators.Add(result =>
        {
            if (new[] { hex, base64, raw }.Count(result.GetValue) > 1)
            {
                result.AddError("--hex, --base64 and --raw exclude each other");
            }
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            Format format = ChooseFormat(parsed.GetValue(hex), parsed.GetValue(base64), parsed.GetValue(raw));
            using ControlClient client = ControlClient.Connect(SocketOption.PathFor(parsed, socket));
            var request = new ControlRequest
            {
                Schema = ControlFrame.Schema,
                Command = "get",
                PredictionResistant = parsed.GetValue(pr),
                NonBlocking = parsed.GetValue(nonblock),
            };
            await CopyAsync(client, request, parsed.GetValue(bytes), format, cancellation);
            return ExitCodes.Success;
        });
        return command;
    }

    private static Format ChooseFormat(bool hex, bool base64, bool raw)
    {
        if (base64)
        {
            return Format.Base64;
        }

        return hex || (!raw && StandardOutput.IsTerminal) ? Format.Hex : Format.Raw;
    }

    private static async Task CopyAsync(ControlClient client, ControlRequest request, long total, Format format, CancellationToken cancellation)
    {
        // A multiple of 3, so that pieces of base64 can be joined.
        const int PieceBytes = RandomDevice.MaximumRequestBytes / 3 * 3;
        using var received = new OutputBuffer((int)Math.Min(total, PieceBytes));
        using var encoded = new OutputBuffer(format == Format.Raw ? 1 : (received.Length + 2) * 2);
        long left = total;
        while (left > 0)
        {
            // Prediction-resistant answers may be short: the piece is filled up before it is encoded.
            int wanted = (int)Math.Min(left, PieceBytes);
            int filled = 0;
            while (filled < wanted)
            {
                _ = await client.AskAsync(request with { Bytes = wanted - filled }, cancellation);
                filled += await client.ReceiveBytesAsync(received.Memory[filled..wanted], cancellation);
            }

            StandardOutput.Write(Encode(received.Span[..filled], encoded.Span, format));
            left -= filled;
        }

        if (format != Format.Raw)
        {
            StandardOutput.Write("\n"u8);
        }
    }

    private static ReadOnlySpan<byte> Encode(ReadOnlySpan<byte> data, Span<byte> room, Format format)
    {
        if (format == Format.Raw)
        {
            return data;
        }

        int written;
        if (format == Format.Hex)
        {
            _ = Convert.TryToHexStringLower(data, room, out written);
        }
        else
        {
            _ = System.Buffers.Text.Base64.EncodeToUtf8(data, room, out _, out written);
        }

        return room[..written];
    }
}
