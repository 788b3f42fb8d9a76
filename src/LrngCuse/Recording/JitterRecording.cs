// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Interop;
using LrngEngine.Memory;
using LrngEngine.Sources;
using LrngEngine.Sources.Jitter;

namespace LrngCuse.Recording;

/// <summary>Records consecutive time deltas of a jitter collector that seeds nothing.</summary>
internal static class JitterRecording
{
    /// <param name="samples">Filled.</param>
    /// <param name="interrupted">Asked before each measurement; true ends the recording.</param>
    /// <exception cref="CommandException">The source would not run here.</exception>
    internal static void Run(SampleBuffer samples, Func<bool> interrupted)
    {
        if (!SourceFeatures.Jitter)
        {
            throw new CommandException("this build has no jitter source", "build it without -p:LrngJitterSource=false");
        }

        Shim.CheckAbi();
        using var arena = new SecretArena();
        using var collector = new JitterCollector(new ShimCycleCounter(), arena);
        JitterStartupReport report = collector.RunStartup();
        if (!report.Passed)
        {
            throw new CommandException(
                $"the jitter source does not run here: {report.Reason}", "it would give nothing to the daemon either, and there is nothing to assess");
        }

        Span<ulong> deltas = samples.Room;
        int known = 0;
        int recorded = collector.RecordDeltas(deltas, done =>
        {
            samples.Advance(done - known);
            known = done;
            return !interrupted();
        });
        samples.Advance(recorded - known);
        foreach (ref ulong delta in deltas[..recorded])
        {
            delta = JitterStartup.Divide(delta, report.Divisor);
        }
    }
}
