// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;
using LrngEngine.Sources;

namespace LrngEngine.Tests.Sources.Timer;

/// <summary>Another conditioning hash while events are collected.</summary>
[TestFixture]
internal sealed class TimerHashTests
{
    private readonly TimerStream _stream = new();

    [Test]
    public void Events_stay_counted_and_every_pool_changes()
    {
        using var fixture = new TimerFixture();
        fixture.Started(_stream);
        fixture.Source.Record(0, _stream.Good(100));
        fixture.Source.Record(1, _stream.Good(50));
        Switch(fixture.Source, "sha3-512");
        Assert.That(fixture.Source.AvailableEntropy(256), Is.EqualTo(150));
        Assert.That(fixture.Source.TypeLines[0], Is.EqualTo("Hash for operating entropy pool: SHA3-512"));
        Assert.That(fixture.Pull(), Is.EqualTo(150));
    }

    [Test]
    public void No_more_counts_than_went_through_the_narrower_hash()
    {
        using var fixture = new TimerFixture();
        fixture.Started(_stream);
        fixture.Source.Record(0, _stream.Good(512));
        Assert.That(fixture.Source.AvailableEntropy(512), Is.EqualTo(512));
        Switch(fixture.Source, "sha256");
        Assert.That(fixture.Source.AvailableEntropy(512), Is.EqualTo(256));
        Switch(fixture.Source, "sha512");
        Assert.That(fixture.Source.AvailableEntropy(512), Is.EqualTo(256), "what was lost does not come back");
        fixture.Source.Record(0, _stream.Good(512));
        Assert.That(fixture.Source.AvailableEntropy(512), Is.EqualTo(512));
    }

    [Test]
    public void A_wider_hash_wants_more_events()
    {
        using var fixture = new TimerFixture(createHash: arena => new Sha256Hash(arena));
        fixture.Started(_stream);
        fixture.Source.Record(0, _stream.Good(300));
        Assert.That(fixture.Source.WantsEvents, Is.False);
        int wanted = 0;
        fixture.Source.EventsWanted += (_, _) => wanted++;
        Switch(fixture.Source, "sha512");
        Assert.That((fixture.Source.WantsEvents, wanted), Is.EqualTo((true, 1)));
    }

    [Test]
    public void The_new_pool_goes_on_from_the_old_one()
    {
        byte[] Seed(bool one)
        {
            using var fixture = new TimerFixture();
            var stream = new TimerStream();
            fixture.Started(stream);
            fixture.Source.Record(0, one ? stream.Good(300) : new TimerStream(seed: 9).Good(300));
            Switch(fixture.Source, "sha256");
            byte[] slot = new byte[32];
            _ = fixture.Source.GetEntropy(slot, 256);
            return slot;
        }

        byte[] seed = Seed(true);
        Assert.That(Seed(true), Is.EqualTo(seed));
        Assert.That(Seed(false), Is.Not.EqualTo(seed));
    }

    [Test]
    public void Credit_that_was_withdrawn_does_not_come_back()
    {
        using var fixture = new TimerFixture();
        fixture.Started(_stream);
        fixture.Source.WithdrawCredit("not mine");
        Switch(fixture.Source, "sha256");
        fixture.Source.Record(0, _stream.Good(1000));
        Assert.That((fixture.Source.AvailableEntropy(256), fixture.Pull()), Is.EqualTo((0, 0)));
    }

    [Test]
    public void A_pool_made_later_has_the_new_hash()
    {
        using var expected = new TimerFixture(createHash: arena => new Sha256Hash(arena));
        using var switched = new TimerFixture();
        Switch(switched.Source, "sha256");
        byte[] Collect(TimerFixture fixture)
        {
            fixture.Started(new TimerStream());
            byte[] slot = new byte[32];
            _ = fixture.Source.GetEntropy(slot, 256);
            return slot;
        }

        Assert.That(Collect(switched), Is.EqualTo(Collect(expected)));
    }

    // A CPU's memory always has room for the next hash, whatever lies where.
    [Test]
    public void It_never_runs_out_of_memory()
    {
        using var fixture = new TimerFixture();
        fixture.Started(_stream);
        for (int i = 0; i < 2000; i++)
        {
            // Every hash after every other: a step of 1 to 4 that changes with each round.
            Switch(fixture.Source, ConditioningHashes.All[i * (1 + (i / 5 % 4)) % ConditioningHashes.All.Count].Name);
        }

        fixture.Source.Record(0, _stream.Good(256));
        Assert.That(fixture.Pull(), Is.EqualTo(256));
    }

    [Test]
    public void A_hash_that_is_prepared_and_not_committed_changes_nothing()
    {
        using var fixture = new TimerFixture();
        ((IConditioned)fixture.Source).PrepareHash(Hash("sha256")).Dispose();
        Assert.That(fixture.Source.TypeLines[0], Does.EndWith("SHA-512"));
    }

    private static void Switch(TimerSource source, string name)
    {
        using PreparedHash prepared = ((IConditioned)source).PrepareHash(Hash(name));
        prepared.Commit();
    }

    private static ConditioningHashFactory Hash(string name) => ConditioningHashes.All.Single(hash => hash.Name == name);
}
