// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using FsCheck;
using FsCheck.Fluent;
using LrngEngine.Sources;

namespace LrngEngine.Tests.Sources.Timer;

/// <summary>Events that were counted are spent, left, discarded or beyond what a pool holds, and each is one of these once.</summary>
[TestFixture]
internal sealed class TimerStockProperties
{
    private const int Cpus = 3;
    private static readonly long[] s_rates = [256, 257, 300, 512, 1024];

    [FsCheck.NUnit.Property(Arbitrary = [typeof(TimerStockProperties)], MaxTest = 200)]
    public void No_event_is_spent_twice(TimerOperation[] operations, byte rateIndex, bool oversampled)
    {
        long rate = s_rates[rateIndex % s_rates.Length];
        int oversamplingBits = oversampled ? 64 : 0;
        using var fixture = new TimerFixture(
            new TimerSourceOptions { EventsPer256Bits = rate, OversamplingBits = oversamplingBits, PossibleCpus = Cpus });
        TimerStream[] streams = [.. Enumerable.Range(1, Cpus).Select(seed => new TimerStream(seed: 1000 + (ulong)seed))];
        fixture.Source.Record(0, streams[0].Good(1024));
        fixture.Source.Discard();
        long[] held = new long[Cpus];
        long counted = 0;
        long spent = 0;
        long lost = 0;
        foreach (TimerOperation operation in operations)
        {
            switch (operation.Verb)
            {
                case TimerVerb.Good:
                    fixture.Source.Record(operation.Cpu, streams[operation.Cpu].Good(operation.Amount));
                    counted += operation.Amount;
                    long kept = Math.Min(held[operation.Cpu] + operation.Amount, 2 * rate);
                    lost += held[operation.Cpu] + operation.Amount - kept;
                    held[operation.Cpu] = kept;
                    break;
                case TimerVerb.Stuck:
                    fixture.Source.Record(operation.Cpu, streams[operation.Cpu].Standing(operation.Amount));
                    break;
                case TimerVerb.Pull:
                    spent += Pull(fixture.Source, operation.Amount, rate, oversamplingBits, held);
                    break;
                default:
                    fixture.Source.Discard();
                    lost += held.Sum();
                    Array.Clear(held);
                    break;
            }

            Agreement.Check(fixture.Details.Split(',')[0], $"events {held.Sum()}", operation);
            Agreement.Check(spent + held.Sum() + lost, counted, operation);
            Agreement.Check(fixture.Failures.Count, 0, operation);
        }
    }

    public static Arbitrary<TimerOperation> Operations() => Arb.From(TimerOperation.Generator(), TimerOperation.Shrink);

    // Returns the events that the model spends.
    private static long Pull(TimerSource source, int requestedBits, long rate, int oversamplingBits, long[] held)
    {
        int request = requestedBits / 8 * 8;
        long target = request == 0 ? 0 : (request + oversamplingBits) * rate / 256;
        long spent = 0;
        for (int cpu = 0; cpu < held.Length; cpu++)
        {
            long used = Math.Min(held[cpu], target - spent);
            held[cpu] -= used;
            spent += used;
        }

        int credit = (int)Math.Max(0, (spent * 256 / rate) - oversamplingBits);
        Agreement.Check(source.AvailableEntropy(requestedBits), credit, "said before");
        byte[] slot = new byte[64];
        Agreement.Check(source.GetEntropy(slot, requestedBits), credit, "credited");
        Agreement.Check(credit <= request, "no more credit than data", requestedBits);
        Agreement.Check(slot.AsSpan(request / 8).IndexOfAnyExcept((byte)0), -1, "nothing beyond the request");
        return spent;
    }
}
