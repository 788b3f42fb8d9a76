// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using FsCheck;
using FsCheck.Fluent;
using LrngEngine.Drng;
using LrngEngine.Seeding;
using LrngEngine.Tests.Crypto;

namespace LrngEngine.Tests.Drng;

/// <summary>
/// The manager against <see cref="ManagerModel"/> in any order of events. The worker's thread is not started: its turns are events
/// like the others, so that a counterexample is one.
/// </summary>
[TestFixture]
internal sealed class AccountingProperties
{
    private const int NodeCount = 2;
    private const int SecondCapacityBits = 300;

    // What each source gives at once at most: the first one has to be pulled repeatedly.
    private static readonly int[] s_bitsPerPull = [100, 256, 256];
    private static readonly HashCase[] s_hashes = [.. HashCase.All];

    [FsCheck.NUnit.Property(Arbitrary = [typeof(AccountingProperties)], MaxTest = 1000)]
    public void Every_bit_is_spent_once_and_the_status_says_where(ManagerOperation[] operations, bool ntg1)
    {
        // Few operations are enough for a reseed to be due and for the full seed to be lost.
        var options = new DrngManagerOptions
        {
            ReseedThreshold = 3,
            MaximumWithoutFullReseed = 5,
            Strategy = ntg1 ? new SeedingStrategy { BitsFromTwoSources = SeedingStrategy.Ntg1Bits } : SeedingStrategy.Default,
        };
        var first = new StockSource("JitterRNG", bitsPerPull: s_bitsPerPull[0]);
        var second = new StockSource("CPU", SecondCapacityBits);
        using var topology = new ThreadTopology(NodeCount);
        using var fixture = new ManagerFixture(topology, options, first, second);
        var model = new ManagerModel(NodeCount, s_bitsPerPull, options);
        foreach (ManagerOperation operation in operations)
        {
            Run(operation, fixture, topology, first, second, model);
            Compare(fixture.Manager.GetStatus(), model, operation);
            foreach ((StockSource source, int index) in new[] { (first, 0), (second, 1) })
            {
                // Inserted = credited + left + dropped: no bit is lost on its way, none is credited twice.
                Agreement.Check(model.Credited[index] + source.Left + source.Dropped, source.Inserted, operation);
            }
        }
    }

    public static Arbitrary<ManagerOperation> Operations() => Arb.From(ManagerOperation.Generator(), ManagerOperation.Shrink);

    private static void Compare(DrngManagerStatus status, ManagerModel model, ManagerOperation operation)
    {
        Agreement.Check(Join(status.Sources.Select(source => source.CreditedBits)), Join(model.Credited), $"credits after {operation}");
        Agreement.Check(
            Join(status.Sources.Select(source => source.AvailableBits)),
            Join(model.Available),
            $"available after {operation}");
        Agreement.Check(Join(status.Nodes.Select(node => node.FullySeeded)), Join(model.Full), $"full seeds after {operation}");
        Agreement.Check(Join(status.Nodes.Select(node => node.Seedings)), Join(model.Seedings), $"seedings after {operation}");
        Agreement.Check(Join(status.Nodes.Select(node => node.GeneratedBytes)), Join(model.Generated), $"bytes after {operation}");
        Agreement.Check(
            Join(status.Nodes.Select(node => node.RequestsUntilReseed)), Join(model.UntilReseed), $"requests left after {operation}");
        Agreement.Check(status.Level, model.Level, $"level after {operation}");
        Agreement.Check(status.AllNodesSeeded, model.Full.All(full => full), $"all seeded after {operation}");
        Agreement.Check(
            (status.PredictionResistancePulls, status.PredictionResistanceBytes),
            (model.ResistantPulls, model.ResistantBytes),
            $"prediction-resistant pulls and bytes after {operation}");
    }

    private static void Run(
        ManagerOperation operation,
        ManagerFixture fixture,
        ThreadTopology topology,
        StockSource first,
        StockSource second,
        ManagerModel model)
    {
        int number = operation.Number;
        switch (operation.Verb)
        {
            case ManagerVerb.RefillFirst:
                first.Refill(number);
                model.Left[0] += number;
                break;
            case ManagerVerb.RefillSecond:
                second.Refill(number);
                model.Left[1] = Math.Min(model.Left[1] + number, SecondCapacityBits);
                break;
            case ManagerVerb.DiscardFirst:
                first.Discard();
                model.Left[0] = 0;
                break;
            case ManagerVerb.Generate:
                topology.Index = number;
                fixture.Manager.Generate(new byte[1]);
                model.Generate(number);
                break;
            case ManagerVerb.ReadResistant:
                ReadResistant(fixture.Manager, model, number);
                break;
            case ManagerVerb.RequestReseed:
                fixture.Manager.RequestReseed();
                model.RequestReseed();
                break;
            case ManagerVerb.ForceReseed:
                Task<bool> reseed = fixture.Manager.ReseedAsync(CancellationToken.None);
                _ = fixture.Manager.SeedWhatIsDue();
                Agreement.Check(reseed.IsCompletedSuccessfully, "an answer", operation);
                Agreement.Check(reseed.Result, model.ForceReseed(), $"the answer to {operation}");
                break;
            case ManagerVerb.Turn:
                _ = fixture.Manager.SeedWhatIsDue();
                model.Turn();
                break;
            default:
                RunAuxiliary(operation, fixture, model);
                break;
        }
    }

    private static void RunAuxiliary(ManagerOperation operation, ManagerFixture fixture, ManagerModel model)
    {
        int bits = operation.Verb == ManagerVerb.DiscardAuxiliary ? 0 : operation.Number;
        switch (operation.Verb)
        {
            case ManagerVerb.InsertAuxiliary:
                fixture.Auxiliary.Insert(new byte[(bits + 7) / 8], bits);
                bits += model.Left[^1];
                break;
            case ManagerVerb.SwitchHash:
                fixture.Auxiliary.SwitchHash(s_hashes[bits].Create(fixture.Arena));
                bits = model.Left[^1];
                break;
            case ManagerVerb.SetAuxiliary:
                fixture.Auxiliary.EntropyBits = bits;
                break;
            default:
                fixture.Auxiliary.Discard();
                break;
        }

        model.Left[^1] = Math.Min(bits, fixture.Auxiliary.CapacityBits);
    }

    private static void ReadResistant(DrngManager manager, ManagerModel model, int bytes)
    {
        long before = manager.GetStatus().Sources.Sum(source => source.CreditedBits);
        byte[] output = new byte[bytes];
        int given = manager.PullPredictionResistant(output);
        long paid = manager.GetStatus().Sources.Sum(source => source.CreditedBits) - before;
        Agreement.Check(8 * given <= paid, "every byte is paid for", $"{given} bytes for {paid} bits");
        Agreement.Check(given, model.ReadResistant(bytes), "bytes given");
        Agreement.Check(!output.AsSpan(given).ContainsAnyExcept((byte)0), "nothing beyond what is given", given);
    }

    private static string Join<T>(IEnumerable<T> values) => string.Join(' ', values);
}
