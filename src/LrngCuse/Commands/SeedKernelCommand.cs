// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.CommandLine;
using System.Globalization;
using LrngCuse.Feeding;
using LrngCuse.Interop;
using LrngCuse.Recording;

namespace LrngCuse.Commands;

/// <summary>lrng seed-kernel: gives the kernel's own generator seeds from the daemon.</summary>
internal static class SeedKernelCommand
{
    private const int DefaultInterval = 60;
    private const int LongestInterval = 86400;

    internal static Command Create()
    {
        Option<int?> interval = Number("--interval", $"seconds between two seeds (default {DefaultInterval})", 1, LongestInterval);
        var once = new Option<bool>("--once") { Description = "seed it once and end" };
        Option<int?> bytes = Number(
            "--bytes", $"bytes of a seed (default {KernelSeedOptions.LeastBytes})", KernelSeedOptions.LeastBytes, KernelSeedOptions.MostBytes);
        var plain = new Option<bool>("--no-pr") { Description = "take ordinary output instead of prediction-resistant" };
        Option<int?> credit = Number(
            "--credit", "bits of entropy credited for every 256 data bits (default 256, with --no-pr 0)", 0, 256);
        Option<string> socket = SocketOption.Create();
        var command = new Command(
            "seed-kernel", "Seed the kernel's generator from the daemon; not while that credits the kernel's generator. Takes CAP_SYS_ADMIN.")
        {
            interval, once, bytes, plain, credit, socket,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(once) && result.GetResult(interval) is not null)
            {
                result.AddError("--once and --interval exclude each other");
            }
        });
        command.SetAction(async (parsed, _) =>
        {
            bool predictionResistant = !parsed.GetValue(plain);
            var options = new KernelSeedOptions(
                parsed.GetValue(bytes) ?? KernelSeedOptions.LeastBytes,
                predictionResistant,
                parsed.GetValue(credit) ?? KernelSeedOptions.DefaultCredit(predictionResistant));
            TimeSpan? pause = parsed.GetValue(once) ? null : TimeSpan.FromSeconds(parsed.GetValue(interval) ?? DefaultInterval);
            return await RunAsync(SocketOption.PathFor(parsed, socket), options, pause);
        });
        return command;
    }

    private static async Task<int> RunAsync(string socket, KernelSeedOptions options, TimeSpan? interval)
    {
        Process.ForbidDumps();
        using var kernel = new KernelPool();
        using var interruption = new Interruption();
        using var end = new CancellationTokenSource();
        using CancellationTokenRegistration registration = interruption.Register(end.Cancel);
        var seeder = new KernelSeeder(new DaemonSeedProvider(socket), kernel, options);
        try
        {
            if (interval is { } pause)
            {
                await seeder.RunAsync(pause, TimeProvider.System, end.Token);
            }
            else
            {
                await seeder.SeedAsync(end.Token);
            }
        }
        catch (OperationCanceledException) when (interruption.IsRequested)
        {
            // Asked to stop: for one seed that is a failure, for a service its orderly end.
            return interval is null ? ExitCodes.Failed : ExitCodes.Success;
        }

        return ExitCodes.Success;
    }

    private static Option<int?> Number(string name, string description, int least, int most)
    {
        var option = new Option<int?>(name) { Description = $"{description}, {least}..{most}", HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }]
                && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number < least || number > most))
            {
                result.AddError($"{name}: '{text}' is not accepted: {least}..{most}");
            }
        });
        return option;
    }
}
