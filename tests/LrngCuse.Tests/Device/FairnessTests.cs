// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Seeding;
using LrngEngine.Tests.Drng;

namespace LrngCuse.Tests.Device;

/// <summary>Prediction-resistant readers take turns, a pull each. Pulls are counted, not time.</summary>
[TestFixture]
internal sealed class FairnessTests
{
    private const int Readers = 8;
    private const int PullsEach = 10;

    // Pulls before the late reader comes.
    private const int Arrival = 20;

    private readonly List<int> _served = [];
    private RecordedRead[] _reads = [];
    private int[] _missing = [];

    [Test]
    public void Nobody_waits_for_more_than_one_pull_of_each_other_and_who_comes_first_is_served_first()
    {
        using var gate = new ManualResetEventSlim();
        var source = new ScriptedSource("JitterRNG", 256);
        using var fixture = new DeviceFixture(source);
        fixture.Engine.StartAndAwait(SeedLevel.FullySeeded);

        // The first pull is held until all are there.
        source.OnPull = () =>
        {
            gate.Wait();
            NoteWhoWasServed();
        };
        Expect([.. Enumerable.Range(0, Readers).Select(_ => RecordedRead.PredictionResistant(32 * PullsEach))]);
        Array.ForEach(_reads, read => Assert.That(fixture.Device.Park(read), Is.True));
        gate.Set();
        ManagerFixture.Eventually(() => _reads.All(read => read.Answered), "all are answered");
        NoteWhoWasServed();

        Assert.That(_served, Has.Count.EqualTo(Readers * PullsEach), "each pull served one reader");
        Assert.That(_served.Take(Readers), Is.EqualTo(Enumerable.Range(0, Readers)), "in the order of arrival");
        for (int reader = 0; reader < Readers; reader++)
        {
            int[] turns = [.. Enumerable.Range(0, _served.Count).Where(pull => _served[pull] == reader)];
            Assert.That(turns, Has.Length.EqualTo(PullsEach));
            Assert.That(turns.Zip(turns.Skip(1), (turn, next) => next - turn), Is.All.LessThanOrEqualTo(Readers), $"reader {reader}");
        }
    }

    [Test]
    public void Who_comes_later_waits_for_one_pull_of_each_who_is_there()
    {
        var source = new ScriptedSource("JitterRNG", 256);
        using var fixture = new DeviceFixture(source);
        fixture.Engine.StartAndAwait(SeedLevel.FullySeeded);
        using var gate = new ManualResetEventSlim();
        Expect([.. Enumerable.Range(0, Readers).Select(_ => RecordedRead.PredictionResistant(32 * PullsEach))]);
        bool? parked = null;
        source.OnPull = () =>
        {
            gate.Wait();
            NoteWhoWasServed();

            // The last reader comes in the middle of a pull, when the others have been at it for a while.
            if (_served.Count == Arrival)
            {
                parked = fixture.Device.Park(_reads[^1]);
            }
        };
        Array.ForEach(_reads[..^1], read => Assert.That(fixture.Device.Park(read), Is.True));
        gate.Set();
        ManagerFixture.Eventually(() => _reads.All(read => read.Answered), "all are answered");

        // The pull that was under way, then one of each of the seven, then its own.
        Assert.That(parked, Is.True);
        Assert.That(_served.IndexOf(Readers - 1) - Arrival, Is.InRange(1, Readers));
    }

    private void Expect(RecordedRead[] reads)
    {
        _served.Clear();
        _reads = reads;
        _missing = [.. reads.Select(read => read.Missing)];
    }

    // At the begin of a pull, the one before has added 32 bytes to one of the reads.
    private void NoteWhoWasServed()
    {
        for (int reader = 0; reader < _reads.Length; reader++)
        {
            int missing = _reads[reader].Missing;
            if (missing != _missing[reader])
            {
                _served.AddRange(Enumerable.Repeat(reader, (_missing[reader] - missing) / 32));
                _missing[reader] = missing;
            }
        }
    }
}
