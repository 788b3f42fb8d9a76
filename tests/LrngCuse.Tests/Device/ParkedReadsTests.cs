// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Device;
using LrngCuse.Interop;
using LrngEngine.Seeding;
using LrngEngine.Tests.Drng;

namespace LrngCuse.Tests.Device;

/// <summary>Reads that wait are answered once, whoever comes first.</summary>
[TestFixture]
internal sealed class ParkedReadsTests
{
    [Test]
    public void All_get_different_data_when_seeding_completes()
    {
        var source = new ScriptedSource("JitterRNG", 0);
        using var fixture = new DeviceFixture(source);
        fixture.Engine.Manager.Start();
        RecordedRead[] reads = [.. Enumerable.Range(0, 500).Select(_ => RecordedRead.Blocking(32))];
        foreach (RecordedRead read in reads)
        {
            Assert.That(fixture.Device.Park(read), Is.True);
        }

        Assert.That(fixture.Device.ParkedReaders, Is.EqualTo(500));
        Assert.That(reads, Has.All.Property(nameof(RecordedRead.Answered)).False);
        source.BitsPerPull = 256;
        source.Announce();
        ManagerFixture.Eventually(() => reads.All(read => read.Answered), "all are answered");

        Assert.That(reads.Select(read => Convert.ToHexString(read.Data!)).Distinct().Count(), Is.EqualTo(500));
        ManagerFixture.Eventually(() => fixture.Device.ServedBytes == 500 * 32, "all are counted");
        Assert.That(fixture.Device.ParkedReaders, Is.Zero);
    }

    [Test]
    public void After_a_pause_nothing_is_answered_until_the_end()
    {
        var source = new ScriptedSource("JitterRNG", 0);
        using var fixture = new DeviceFixture(source);
        fixture.Engine.Manager.Start();
        RecordedRead[] reads = [RecordedRead.Blocking(32), RecordedRead.PredictionResistant(32)];
        Assert.That(reads.All(fixture.Device.Park), Is.True);
        fixture.Parked.Pause();
        source.BitsPerPull = 256;
        source.Announce();
        ManagerFixture.Eventually(() => fixture.Engine.Manager.Operational, "the reads could be answered");
        Assert.That(reads.Select(read => read.Answers), Is.All.Zero);
        Assert.That(fixture.Device.Park(RecordedRead.Blocking(32)), Is.False);

        reads[0].Abandon();
        fixture.Parked.Close();
        Assert.That((reads[0].Answers, reads[0].Answered), Is.EqualTo((0, true)), "left to another process");
        Assert.That((reads[1].Answers, reads[1].Errno), Is.EqualTo((1, Linux.ENODEV)));
    }

    [Test]
    public void A_prediction_resistant_read_is_whole_and_costs_a_pull_for_each_32_bytes()
    {
        using var fixture = new DeviceFixture(new ScriptedSource("JitterRNG", 256));
        fixture.Engine.StartAndAwait(SeedLevel.FullySeeded);
        var read = RecordedRead.PredictionResistant(1000);
        Assert.That(fixture.Device.Park(read), Is.True);
        ManagerFixture.Eventually(() => read.Answered, "answered");

        Assert.That(read.Data, Has.Length.EqualTo(1000));
        Assert.That(fixture.Engine.Manager.GetStatus().PredictionResistancePulls, Is.EqualTo(32));
    }

    [Test]
    public void A_drained_source_makes_a_prediction_resistant_read_short()
    {
        var source = new ScriptedSource("JitterRNG", 256);
        using var fixture = new DeviceFixture(source);
        fixture.Engine.StartAndAwait(SeedLevel.FullySeeded);
        source.PullsLeft = 3;
        var read = RecordedRead.PredictionResistant(1000);
        _ = fixture.Device.Park(read);
        ManagerFixture.Eventually(() => read.Answered, "answered");

        Assert.That(read.Data, Has.Length.EqualTo(96));
    }

    [Test]
    public void A_blocking_prediction_resistant_read_never_returns_nothing()
    {
        var source = new ScriptedSource("JitterRNG", 256);
        using var fixture = new DeviceFixture(source);
        fixture.Engine.StartAndAwait(SeedLevel.FullySeeded);
        source.PullsLeft = 0;
        var read = RecordedRead.PredictionResistant(32);
        _ = fixture.Device.Park(read);
        int pulls = source.Pulls;
        ManagerFixture.Eventually(() => source.Pulls > pulls + 1, "it asks again");
        Assert.That(read.Answered, Is.False);

        source.PullsLeft = 1;
        ManagerFixture.Eventually(() => read.Answered, "answered");
        Assert.That(read.Data, Has.Length.EqualTo(32));
    }

    [Test]
    public void A_nonblocking_prediction_resistant_read_of_drained_sources_is_to_be_repeated()
    {
        var source = new ScriptedSource("JitterRNG", 256);
        using var fixture = new DeviceFixture(source);
        fixture.Engine.StartAndAwait(SeedLevel.FullySeeded);
        source.PullsLeft = 0;
        var read = RecordedRead.PredictionResistant(32, nonBlocking: true);
        _ = fixture.Device.Park(read);
        ManagerFixture.Eventually(() => read.Answered, "answered");

        Assert.That(read.Errno, Is.EqualTo(Linux.EAGAIN));
    }

    [Test]
    public void Prediction_resistant_readers_take_turns()
    {
        using var gate = new ManualResetEventSlim(initialState: true);
        var source = new ScriptedSource("JitterRNG", 256);
        using var fixture = new DeviceFixture(source);
        fixture.Engine.StartAndAwait(SeedLevel.FullySeeded);
        source.OnPull = gate.Wait;
        gate.Reset();
        var greedy = RecordedRead.PredictionResistant(RandomDevice.MaximumRequestBytes);
        var modest = RecordedRead.PredictionResistant(32);
        _ = fixture.Device.Park(greedy);
        _ = fixture.Device.Park(modest);
        gate.Set();
        ManagerFixture.Eventually(() => modest.Answered, "the small read is served");

        Assert.That(greedy.Answered, Is.False, "before the large one is whole");
    }

    [Test]
    public void An_interrupt_ends_a_read_with_what_it_has()
    {
        using var gate = new ManualResetEventSlim(initialState: true);
        var source = new ScriptedSource("JitterRNG", 256);
        using var fixture = new DeviceFixture(source);
        fixture.Engine.StartAndAwait(SeedLevel.FullySeeded);
        var read = RecordedRead.PredictionResistant(1000);
        source.OnPull = () =>
        {
            if (source.Pulls == 4)
            {
                fixture.Device.Unpark(read, read.Finish(Linux.EINTR));
            }
        };
        _ = fixture.Device.Park(read);
        ManagerFixture.Eventually(() => read.Answered && fixture.Device.ServedBytes > 0, "answered and counted");

        // One pull seeded the generator; the second and third are in the answer.
        Assert.That(read.Data, Has.Length.EqualTo(64));
        Assert.That(read.Answers, Is.EqualTo(1));
        Assert.That(fixture.Device.ServedBytes, Is.EqualTo(64));
    }

    [Test]
    public void An_interrupted_wait_is_EINTR_and_leaves_the_queue()
    {
        using var fixture = new DeviceFixture(new ScriptedSource("JitterRNG", 0));
        var read = RecordedRead.Blocking(32);
        _ = fixture.Device.Park(read);
        fixture.Device.Unpark(read, read.Finish(Linux.EINTR));

        Assert.That(read.Errno, Is.EqualTo(Linux.EINTR));
        Assert.That(fixture.Device.ParkedReaders, Is.Zero);
    }

    [Test]
    public void A_read_that_was_interrupted_before_it_was_queued_is_not_queued()
    {
        using var fixture = new DeviceFixture(new ScriptedSource("JitterRNG", 0));
        var read = RecordedRead.Blocking(32);
        _ = read.Finish(Linux.EINTR);
        Assert.That(fixture.Device.Park(read), Is.True);
        Assert.That(fixture.Device.ParkedReaders, Is.Zero);
        Assert.That(read.Answers, Is.EqualTo(1));
    }

    [Test]
    public void Closing_answers_everybody_with_an_error_and_refuses_newcomers()
    {
        using var fixture = new DeviceFixture(new ScriptedSource("JitterRNG", 0));
        RecordedRead[] reads = [RecordedRead.Blocking(32), RecordedRead.PredictionResistant(32)];
        foreach (RecordedRead read in reads)
        {
            _ = fixture.Device.Park(read);
        }

        fixture.Parked.Close();
        Assert.That(reads.Select(read => read.Errno), Is.All.EqualTo(Linux.ENODEV));
        Assert.That(fixture.Device.Park(RecordedRead.Blocking(1)), Is.False);
    }

    [Test]
    public void Racing_interrupts_answer_once([Range(0, 19)] int round)
    {
        var source = new ScriptedSource("JitterRNG", 0);
        using var fixture = new DeviceFixture(source);
        fixture.Engine.Manager.Start();
        RecordedRead[] reads = [.. Enumerable.Range(0, 50).Select(_ => RecordedRead.Blocking(32 + round))];
        foreach (RecordedRead read in reads)
        {
            _ = fixture.Device.Park(read);
        }

        source.BitsPerPull = 256;
        source.Announce();
        _ = Parallel.ForEach(reads, read =>
        {
            fixture.Device.Unpark(read, read.Finish(Linux.EINTR));
        });

        ManagerFixture.Eventually(() => reads.All(read => read.Answers > 0), "all are answered");
        Assert.That(reads.Select(read => read.Answers), Is.All.EqualTo(1));
        Assert.That(
            reads.Where(read => read.Data is { } data ? data.Length != 32 + round : read.Errno != Linux.EINTR), Is.Empty, "whole or EINTR");
    }
}
