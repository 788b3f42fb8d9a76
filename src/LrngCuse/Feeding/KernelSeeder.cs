// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Globalization;
using LrngCuse.Control;

namespace LrngCuse.Feeding;

/// <summary>
/// Seeds the kernel's generator from the daemon. Refuses while the daemon credits that very generator as a source: each would take the
/// other's output for fresh entropy.
/// </summary>
internal sealed class KernelSeeder(ISeedProvider daemon, IKernelPool kernel, KernelSeedOptions options)
{
    private const string KernelSource = "KernelRNG";
    private const string RateProperty = "Entropy Rate per 256 data bits";

    /// <summary>Seeds it once.</summary>
    /// <exception cref="CommandException">It would be a circle, the daemon gives nothing, or the kernel takes nothing.</exception>
    internal async Task SeedAsync(CancellationToken cancellation)
    {
        RefuseCircle(await daemon.GetStatusAsync(cancellation));
        using var memory = new SecretMemory(IKernelPool.HeaderBytes + options.Bytes);
        await daemon.GetBytesAsync(memory.Memory[IKernelPool.HeaderBytes..], options.PredictionResistant, cancellation);

        // That may have taken long.
        RefuseCircle(await daemon.GetStatusAsync(cancellation));
        kernel.Add(memory.GetSpan(), options.CreditedBits);
    }

    /// <summary>Seeds it now and whenever the timer says so, until it is cancelled.</summary>
    /// <inheritdoc cref="SeedAsync"/>
    internal async Task RunAsync(TimeSpan interval, TimeProvider clock, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(interval, clock);
        do
        {
            await SeedAsync(cancellation);
        }
        while (await timer.WaitForNextTickAsync(cancellation));
    }

    private static void RefuseCircle(StatusDocument status)
    {
        SourceDocument? source = status.Sources.FirstOrDefault(source => source.Name == KernelSource);
        if (source is null)
        {
            return;
        }

        // A kernel that is not initialised is credited 0 for now, and its rate as soon as a seed of ours has initialised it.
        int rate = source.Properties.TryGetValue(RateProperty, out string? text)
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int bits) ? bits : 0;
        int credit = Math.Max(source.Credit, rate);
        if (credit > 0)
        {
            throw new CommandException(
                $"the daemon credits the kernel's generator with {credit} of 256 bits: to seed one from the other would be a circle",
                "set kernel.credit = 0 in the daemon's configuration, or lrng set kernel.credit 0",
                ExitCodes.Configuration);
        }
    }
}
