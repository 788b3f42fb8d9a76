// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;
using LrngEngine.Drng;

namespace LrngEngine.Tests.Drng;

/// <summary>
/// Everybody at once: bits come, go to seedings of two nodes and to prediction-resistant readers, and are looked at meanwhile. In
/// the end each bit that was put in is spent, left or dropped, and was credited once. Exact: there is no false alarm.
/// </summary>
[TestFixture]
internal sealed class ConservationTests
{
    private const int Rounds = 1000;

    // Few operations make a reseed due, so that the worker is as busy as the readers.
    private static readonly DrngManagerOptions s_options = new() { ReseedThreshold = 50, MaximumWithoutFullReseed = 400 };

    private readonly StockSource _first = new("JitterRNG", bitsPerPull: 100);
    private readonly StockSource _second = new("CPU", capacityBits: 1000);

    // One writer at a time, so that it knows whether its bits fit: readers only make more room.
    private readonly Lock _writing = new();

    private long _auxiliaryInserted;
    private long _resistantBytes;
    private long _resistantPulls;
    private long _generatedBytes;

    [Test]
    public void No_bit_is_lost_or_credited_twice_whoever_comes_first()
    {
        using var topology = new ThreadTopology(2);
        using var fixture = new ManagerFixture(topology, s_options, _first, _second);
        DrngManager manager = fixture.Manager;
        using var hammer = new Hammer();
        hammer.Add("first source", Rounds, round => _first.Refill(round * 37 % 300));
        hammer.Add("second source", Rounds, round => _second.Refill(round * 53 % 400));
        hammer.Add("writer", Rounds, round => Write(fixture, round));
        hammer.Add("other writer", Rounds, round => Write(fixture, round * 7));
        hammer.Add("hash switcher", Rounds / 10, round => SwitchHash(fixture, round));
        hammer.Add("DRNG switcher", Rounds / 10, round => fixture.SwitchDrng());
        hammer.Add("resistant reader", Rounds, round => ReadResistant(manager, 1 + (round % 32)));
        hammer.Add("other resistant reader", Rounds, _ => ReadResistant(manager, 32));
        hammer.Add("forced reseeder", Rounds / 10, _ => manager.ReseedAsync(CancellationToken.None).Wait());
        hammer.AddAccompaniment("reseeder", _ => manager.RequestReseed());
        hammer.AddAccompaniment("status reader", _ => CheckStatus(manager.GetStatus()));
        for (int reader = 0; reader < 2; reader++)
        {
            int node = reader;
            hammer.AddAccompaniment($"reader on node {node}", round =>
            {
                topology.Index = node;
                Generate(manager, round);
            });
        }

        manager.Start();
        hammer.Run();

        ManagerFixture.Eventually(() => IsBalanced(fixture), "each bit of every source is accounted for");
        DrngManagerStatus status = manager.GetStatus();
        Assert.That(_first.Spent + _first.Left + _first.Dropped, Is.EqualTo(_first.Inserted));
        Assert.That(_second.Spent + _second.Left + _second.Dropped, Is.EqualTo(_second.Inserted));
        Assert.That((status.PredictionResistancePulls, status.PredictionResistanceBytes), Is.EqualTo((_resistantPulls, _resistantBytes)));
        Assert.That(status.GeneratedBytes, Is.EqualTo(_generatedBytes));
        Assert.That(8 * _resistantBytes, Is.LessThanOrEqualTo(status.Sources.Sum(source => source.CreditedBits)));
        Assert.That(_resistantBytes, Is.Positive, "there was something to account for");
    }

    private bool IsBalanced(ManagerFixture fixture)
    {
        // Sources that were drained in the meantime make the worker try again; nothing comes of it any more.
        IReadOnlyList<SourceReport> sources = fixture.Manager.GetStatus().Sources;
        return sources[0].CreditedBits == _first.Spent
            && sources[1].CreditedBits == _second.Spent
            && sources[2].CreditedBits + fixture.Auxiliary.EntropyBits == _auxiliaryInserted;
    }

    // Read after the status, a source may only have spent more.
    private void CheckStatus(DrngManagerStatus status)
    {
        Agreement.Check(status.Sources[0].CreditedBits <= _first.Spent, "credited bits were spent", "first source");
        Agreement.Check(status.Sources[1].CreditedBits <= _second.Spent, "credited bits were spent", "second source");
        Agreement.Check(status.Sources[2].CreditedBits <= Volatile.Read(ref _auxiliaryInserted), "credited bits were inserted", "auxiliary");
        Agreement.Check(
            status.PredictionResistanceBytes <= 32 * status.PredictionResistancePulls, "32 bytes a pull at most", "status");
        Agreement.Check(Enum.IsDefined(status.Level), "the level is one", status.Level);
    }

    private void Write(ManagerFixture fixture, int round)
    {
        byte[] data = new byte[round % 20];
        lock (_writing)
        {
            // What does not fit is dropped by the pool, which does not count it.
            if (fixture.Auxiliary.EntropyBits + (8 * data.Length) <= fixture.Auxiliary.CapacityBits)
            {
                Interlocked.Add(ref _auxiliaryInserted, 8 * data.Length);
                fixture.Auxiliary.Insert(data, 8 * data.Length);
            }
        }
    }

    // Between hashes of one width: a narrower one would drop bits.
    private static void SwitchHash(ManagerFixture fixture, int round) =>
        fixture.Manager.SwitchHash(ConditioningHashes.All.Single(hash => hash.Name == (round % 2 == 0 ? "sha3-512" : "sha512")));

    private void ReadResistant(DrngManager manager, int bytes)
    {
        byte[] output = new byte[bytes];
        int given = manager.PullPredictionResistant(output);
        Interlocked.Increment(ref _resistantPulls);
        Interlocked.Add(ref _resistantBytes, given);
        Agreement.Check(!output.AsSpan(given).ContainsAnyExcept((byte)0), "nothing beyond what is given", given);
    }

    private void Generate(DrngManager manager, int round)
    {
        byte[] output = new byte[1 + (round % 3 * 3000)];
        manager.Generate(output);
        Interlocked.Add(ref _generatedBytes, output.Length);
        Agreement.Check(output.Length < 100 || output.AsSpan().ContainsAnyExcept((byte)0), "output", round);
    }
}
