// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Security.Cryptography;
using LrngEngine.Sources;
using LrngEngine.Timing;

namespace LrngEngine.Tests.Sources.Timer;

[TestFixture]
internal sealed class TimerSourceTests
{
    [Test]
    public void The_output_is_the_hash_over_all_cpus_in_order()
    {
        const int Slots = 8192;
        using var fixture = new TimerFixture(new TimerSourceOptions { EventsPer256Bits = 256, Slots = Slots });
        TimerRecord[] second = [.. new TimerStream().Good(1024).Select(record => record with { Other = 0 })];
        TimerRecord[] first = [.. new TimerStream(seed: 77).Good(50).Select(record => record with { Other = 0 })];
        fixture.Source.Record(1, second);
        fixture.Source.Record(0, first);

        // Whole stamps until the divisor is known, then a slot each; D = H(array), output = H(1 || D).
        byte[] array1 = new byte[Slots];
        byte[] whole = [.. second[..101].SelectMany(record => BitConverter.GetBytes((uint)record.Stamp))];
        byte[] slots = [.. second[101..].Select(record => (byte)record.Stamp)];
        whole.CopyTo(array1, 0);
        slots.CopyTo(array1, whole.Length);
        byte[] array0 = new byte[Slots];
        first.Select(record => (byte)record.Stamp).ToArray().CopyTo(array0, 0);
        byte[] expected = SHA512.HashData([.. Part(array0), .. Part(array1)]);
        byte[] slot = new byte[48];
        Assert.That(fixture.Source.GetEntropy(slot, 384), Is.EqualTo(384));
        Assert.That(slot, Is.EqualTo(expected[..48]));

        static byte[] Part(byte[] array) => SHA512.HashData([1, .. SHA512.HashData(array)]);
    }

    [Test]
    public void What_else_is_known_of_an_event_is_mixed_in_and_not_counted()
    {
        byte[] plain = new byte[32];
        byte[] mixed = new byte[32];
        foreach ((byte[] slot, uint other) in new[] { (plain, 0u), (mixed, 42u) })
        {
            using var fixture = new TimerFixture();
            TimerRecord[] events = new TimerStream().Good(1024);
            events[1000] = events[1000] with { Other = other };
            fixture.Source.Record(0, events);
            Assert.That(fixture.Source.GetEntropy(slot, 256), Is.EqualTo(256));
            Assert.That(fixture.Details, Does.StartWith("events 256,"));
        }

        Assert.That(mixed, Is.Not.EqualTo(plain));
    }

    [Test]
    public void A_stuck_event_is_mixed_in_and_not_counted()
    {
        using var fixture = new TimerFixture();
        using var twin = new TimerFixture();
        var stream = new TimerStream();
        TimerRecord[] events = stream.Good(1024);
        fixture.Source.Record(0, events);
        twin.Source.Record(0, events);
        _ = fixture.Pull(384);
        _ = twin.Pull(384);
        fixture.Source.Record(0, stream.Standing(1));
        Assert.That(fixture.Details, Does.StartWith("events 128,"));
        byte[] first = new byte[32];
        byte[] second = new byte[32];
        _ = fixture.Source.GetEntropy(first, 256);
        _ = twin.Source.GetEntropy(second, 256);
        Assert.That(first, Is.Not.EqualTo(second));
    }

    [Test]
    public void Events_are_wanted_until_all_pools_are_full_and_again_after_an_extraction()
    {
        var stream = new TimerStream();
        using TimerFixture fixture = new TimerFixture().Started(stream);
        int told = 0;
        fixture.Source.EventsWanted += (_, _) => told++;
        fixture.Source.Record(0, stream.Good(511));
        Assert.That((fixture.Source.WantsEvents, fixture.Source.WantsEventsOf(0)), Is.EqualTo((true, true)));
        fixture.Source.Record(0, stream.Good(1));
        Assert.That((fixture.Source.WantsEvents, fixture.Source.WantsEventsOf(0)), Is.EqualTo((false, false)));
        Assert.That(fixture.Source.WantsEventsOf(1), Is.True, "it has had none yet");
        fixture.Source.Record(1, new TimerStream(seed: 4).Good(1));
        Assert.That((fixture.Source.WantsEvents, fixture.Source.WantsEventsOf(0)), Is.EqualTo((true, false)));
        fixture.Source.Record(1, new TimerStream(seed: 5).Good(600));
        Assert.That(fixture.Source.WantsEvents, Is.False);
        Assert.That(told, Is.Zero);
        Assert.That(fixture.Pull(), Is.EqualTo(256));
        Assert.That((fixture.Source.WantsEvents, told), Is.EqualTo((true, 1)));
    }

    [Test]
    public void An_uncredited_source_has_enough_some_time_too()
    {
        using var fixture = new TimerFixture(new TimerSourceOptions());
        fixture.Source.Record(0, new TimerStream().Good(4096));
        Assert.That(fixture.Source.WantsEvents, Is.False);
        _ = fixture.Pull();
        Assert.That(fixture.Source.WantsEvents, Is.True);
    }

    [Test]
    public void Arrival_is_told_once_for_each_level()
    {
        var stream = new TimerStream();
        using TimerFixture fixture = new TimerFixture().Started(stream);
        var levels = new List<int>();
        fixture.Source.EntropyArrived += (_, _) => levels.Add(fixture.Source.AvailableEntropy(384));
        foreach (TimerRecord record in stream.Good(700))
        {
            fixture.Source.Record(0, [record]);
        }

        Assert.That(levels, Is.EqualTo(new[] { 32, 128, 256, 384 }));
        _ = fixture.Pull();
        fixture.Source.Record(0, stream.Good(100));
        Assert.That(levels, Has.Count.EqualTo(4), "256 bits are left, and 356 are no level");
        fixture.Source.Record(0, stream.Good(40));
        Assert.That(levels, Has.Count.EqualTo(5));
    }

    [Test]
    public void A_recording_gets_the_values_and_the_pools_do_not()
    {
        using TimerFixture fixture = new TimerFixture();
        TimerRecord[] events = new TimerStream(10).Good(1024);
        fixture.Source.Recorder.Start();
        fixture.Source.Record(0, events.AsSpan(0, 200));
        ulong[] values = new ulong[300];
        Assert.That(fixture.Source.Recorder.Read(values), Is.EqualTo(200));
        Assert.That(values[..101], Is.EqualTo(events[..101].Select(record => (ulong)(uint)record.Stamp)));
        Assert.That(values[101..200], Is.EqualTo(events[101..200].Select(record => (ulong)(byte)(record.Stamp / 10))));
        Assert.That(fixture.Details, Does.StartWith("start-up test 0 of 1024 events, events 0,"));
        fixture.Source.Recorder.Stop();
        fixture.Source.Record(0, events.AsSpan(200));
        Assert.That(fixture.Details, Does.StartWith("start-up test 824 of 1024 events,"));
    }

    [Test]
    public void A_reset_covers_every_cpu_and_the_clock_and_keeps_the_start_up_test()
    {
        using TimerFixture fixture = new TimerFixture().Started();
        for (int cpu = 0; cpu < 4; cpu++)
        {
            fixture.Source.Record(cpu, new TimerStream(seed: 11 + (ulong)cpu).Good(200));
        }

        fixture.Source.Discard();
        Assert.That(fixture.Details, Does.StartWith("events 0, CPUs 4,").And.Contain("clock step 0,"));
        Assert.That((fixture.Source.AvailableEntropy(256), fixture.Pull()), Is.EqualTo((0, 0)));
        Assert.That(fixture.Source.Status.State, Is.EqualTo(SourceState.Running));
        Assert.That((fixture.Divisor.Value, fixture.Divisor.LastKnown), Is.EqualTo((0u, 0u)));
    }

    [TestCase(false, "interrupt")]
    [TestCase(true, "scheduler event")]
    public void Lrng_type_says_whether_the_start_up_test_has_passed(bool scheduler, string kind)
    {
        using var fixture = new TimerFixture(scheduler: scheduler);
        string[] compression = scheduler ? [] : ["Continuous compression: true"];
        Assert.That(fixture.Source.TypeLines, Is.EqualTo((string[])
        [
            "Hash for operating entropy pool: SHA-512",
            "Available entropy: 0",
            $"per-CPU {kind} collection size: 1024",
            "Standards compliance: ",
            "High-resolution timer: true",
            .. compression,
            "Health test passed: false",
        ]));
        fixture.Source.Record(0, new TimerStream().Good(1024));
        Assert.That(fixture.Source.TypeLines, Does.Contain("Standards compliance: SP800-90B ").And.Contain("Health test passed: true"));
    }

    [Test]
    public void Cpus_on_many_threads_lose_no_event()
    {
        TimerStream[] streams = [.. Enumerable.Range(1, 4).Select(seed => new TimerStream(seed: (ulong)seed))];
        using TimerFixture fixture = new TimerFixture().Started(streams[0]);
        Parallel.For(0, 4, cpu =>
        {
            foreach (TimerRecord[] batch in streams[cpu].Good(400).Chunk(7))
            {
                fixture.Source.Record(cpu, batch);
            }
        });
        Assert.That(fixture.Details, Does.StartWith("events 1600, CPUs 4,"));
        Assert.That(Enumerable.Range(0, 5).Sum(_ => fixture.Pull(384)), Is.EqualTo(1600));
    }

    [TestCase(16)]
    [TestCase(1000)]
    [TestCase(16384)]
    public void An_array_of_another_size_is_refused(int slots) =>
        Assert.That(
            () => new TimerFixture(new TimerSourceOptions { Slots = slots }).Dispose(),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith(
                $"Slots = {slots}: accepted is a power of two within 32..8192"));
}
