// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;
using LrngEngine.Drng;
using LrngEngine.Memory;
using LrngEngine.Seeding;
using EngineDrng = LrngEngine.Crypto.Drng;

namespace LrngEngine.Tests.Drng;

/// <summary>Another DRNG or hash while the manager runs: reference 8.6, but all of it or nothing.</summary>
[TestFixture]
internal sealed class SwitchingTests
{
    private readonly SecretArena _arena = new(64 * 1024);
    private int _made;
    private int _disposed;

    [SetUp]
    public void CountAnew() => (_made, _disposed) = (0, 0);

    [OneTimeTearDown]
    public void Unmap() => _arena.Dispose();

    [Test]
    public void The_new_drng_is_seeded_with_32_bytes_of_the_old_one()
    {
        // The first instance of a fixture is seeded with 1, the DRNG for prediction resistance with 2.
        using var old = new ChaCha20Drng(_arena, ChaCha20Kernels.Best);
        old.Seed([1]);
        byte[] handover = new byte[32];
        old.Generate(handover);
        using EngineDrng model = Ctr(10);
        model.Seed(handover);
        byte[] expected = new byte[100];
        model.Generate(expected);

        using var fixture = new ManagerFixture(null, new ScriptedSource("JitterRNG", 256));
        fixture.Manager.SwitchDrng(() => Ctr((byte)(10 + _made++)));
        Assert.That(fixture.Generate(100), Is.EqualTo(expected));
    }

    [Test]
    public void Prediction_resistance_is_switched_last_and_the_same_way()
    {
        List<byte[]> seeds = [];
        using var fixture = new ManagerFixture(null, new ScriptedSource("JitterRNG", 256));
        fixture.Manager.SwitchDrng(() => new SpiedDrng(this, Ctr(10)) { Seeds = seeds });

        using var old = new ChaCha20Drng(_arena, ChaCha20Kernels.Best);
        old.Seed([2]);
        byte[] handover = new byte[32];
        old.Generate(handover);
        Assert.That(seeds, Has.Count.EqualTo(2));
        Assert.That(seeds[1], Is.EqualTo(handover));
        Assert.That(fixture.Log.Count("DRNG of NUMA node -1 switched"), Is.EqualTo(1));
    }

    [Test]
    public void Counters_age_and_seed_state_stay()
    {
        using var fixture = new ManagerFixture(null, new ScriptedSource("JitterRNG", 256));
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        fixture.AwaitSeedings(1);
        _ = fixture.Generate(5000);
        fixture.Clock.Advance(TimeSpan.FromSeconds(7));
        DrngReport before = fixture.Manager.GetStatus().Nodes[0];

        fixture.Manager.SwitchDrng(() => Ctr(10));
        DrngManagerStatus status = fixture.Manager.GetStatus();
        Assert.That(status.Nodes[0], Is.EqualTo(before));
        Assert.That(before, Has.Property("GeneratedBytes").EqualTo(5000).And.Property("FullySeeded").True);
        Assert.That(status.Level, Is.EqualTo(SeedLevel.FullySeeded));
        Assert.That(fixture.Log.Count("reset"), Is.Zero);
    }

    [Test]
    public void Seedings_make_drngs_of_the_new_kind()
    {
        using var fixture = new ManagerFixture(null, new ScriptedSource("JitterRNG", 256));
        fixture.Manager.SwitchDrng(() => new SpiedDrng(this, Ctr(10)));
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        Assert.That((_made, _disposed), Is.EqualTo((3, 1)), "a full seeding replaces the instance");
        Assert.That(fixture.Manager.GetStatus().DrngName, Is.EqualTo(Ctr(0).Name));
    }

    [Test]
    public void A_greater_strength_brings_a_reseed_forward([Values(128, 256, 512)] int strength)
    {
        using var fixture = new ManagerFixture(null, new ScriptedSource("JitterRNG", 256));
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        fixture.AwaitSeedings(1);
        fixture.Manager.SwitchDrng(() => new SpiedDrng(this, Ctr(10)) { Strength = strength });
        if (strength > 256)
        {
            fixture.AwaitSeedings(2);
        }

        // What comes after it was decided at the switch.
        fixture.Manager.RequestReseed();
        fixture.AwaitSeedings(strength > 256 ? 3 : 2);
    }

    // Whichever of the instances fails, and however.
    [Test]
    public void A_failure_leaves_every_instance_on_the_old_one([Range(0, 2)] int failing, [Values] bool whenSeeded)
    {
        using var topology = new ThreadTopology(2);
        using var fixture = new ManagerFixture(topology, null, new ScriptedSource("JitterRNG", 256));
        string before = fixture.Manager.GetStatus().DrngName;
        EngineDrng Make()
        {
            bool fails = _made == failing;
            return fails && !whenSeeded
                ? throw new InvalidOperationException("no memory")
                : new SpiedDrng(this, Ctr(10)) { FailsWhenSeeded = fails };
        }

        Assert.That(() => fixture.Manager.SwitchDrng(Make), Throws.InvalidOperationException);
        Assert.That(_disposed, Is.EqualTo(_made), "what was made is gone");
        Assert.That(fixture.Manager.GetStatus().DrngName, Is.EqualTo(before));
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        ManagerFixture.Eventually(() => fixture.Manager.AllNodesSeeded, "both nodes");
        foreach (int node in new[] { 0, 1 })
        {
            topology.Index = node;
            Assert.That(fixture.Generate(32), Has.Some.Not.Zero);
        }

        Assert.That(fixture.Manager.PullPredictionResistant(new byte[32]), Is.EqualTo(32));
        Assert.That(_disposed, Is.EqualTo(_made), "nothing new of the other kind");
    }

    [Test]
    public void Sp_800_90c_instantiates_anew()
    {
        var source = new ScriptedSource("JitterRNG", 384);
        var options = new DrngManagerOptions { Strategy = new SeedingStrategy { Oversampling = true } };
        using var fixture = new ManagerFixture(options, source);
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        fixture.AwaitSeedings(1);
        _ = fixture.Manager.PullPredictionResistant(new byte[32]);
        List<SeedLevel> lowered = [];
        fixture.Manager.LevelLowered += lowered.Add;
        source.PullsLeft = 0;

        fixture.Manager.SwitchDrng(() => Ctr(10));
        Assert.That(fixture.Manager.Operational, Is.False);
        Assert.That(lowered, Is.EqualTo(new[] { SeedLevel.MinimallySeeded }));
        Assert.That(fixture.Log.Count("LRNG set to non-operational"), Is.EqualTo(1));

        source.PullsLeft = 1;
        fixture.Manager.SourcesChanged();
        fixture.AwaitSeedings(2);
        Assert.That(source.LastRequest, Is.EqualTo(384));
        ManagerFixture.Eventually(() => fixture.Log.Count("LRNG fully operational") == 2, "operational again");
        source.PullsLeft = 1;
        Assert.That(fixture.Manager.PullPredictionResistant(new byte[32]), Is.EqualTo(32));
        Assert.That(source.LastRequest, Is.EqualTo(384), "for prediction resistance too");
    }

    [Test]
    public void Pools_take_the_new_hash_with_what_they_hold()
    {
        using var fixture = new ManagerFixture(null);
        fixture.Auxiliary.Insert(new byte[64], 500);
        fixture.Manager.SwitchHash(Hash("sha384"));
        Assert.That(fixture.Auxiliary.CapacityBits, Is.EqualTo(384));
        Assert.That(fixture.Auxiliary.EntropyBits, Is.EqualTo(384));
        Assert.That(fixture.Auxiliary.TypeLines[0], Does.EndWith("SHA-384"));
    }

    // The pool is the last source: those before it are prepared by then.
    [Test]
    public void A_hash_that_cannot_be_made_leaves_every_pool_on_the_old_one()
    {
        using var arena = new SecretArena(4096);
        using var fixture = new ManagerFixture(null);
        ConditioningHashFactory failing = Hash("sha256") with { Create = _ => throw new InvalidOperationException("no memory") };
        Assert.That(() => fixture.Manager.SwitchHash(failing), Throws.InvalidOperationException);
        Assert.That(fixture.Auxiliary.TypeLines[0], Does.EndWith("SHA-512"));
    }

    [Test]
    public void Nothing_is_switched_in_the_error_state()
    {
        using var fixture = new ManagerFixture(null);
        fixture.Manager.Errors.Enter("a test failed");
        Assert.That(() => fixture.Manager.SwitchDrng(() => Ctr(1)), Throws.TypeOf<GeneratorFailedException>());
        Assert.That(() => fixture.Manager.SwitchHash(Hash("sha256")), Throws.TypeOf<GeneratorFailedException>());
    }

    private static ConditioningHashFactory Hash(string name) => ConditioningHashes.All.Single(hash => hash.Name == name);

    // Not all are disposed: the arena goes with them.
    private DrbgDrng Ctr(byte key)
    {
        byte[] seed = new byte[48];
        seed[0] = key;
        var drng = new DrbgDrng(new CtrDrbg(_arena, AesKernels.Best));
        drng.Seed(seed);
        return drng;
    }

    private sealed class SpiedDrng : EngineDrng
    {
        private readonly SwitchingTests _counts;
        private readonly EngineDrng _inner;

        public SpiedDrng(SwitchingTests counts, EngineDrng inner)
        {
            (_counts, _inner) = (counts, inner);
            counts._made++;
        }

        public List<byte[]>? Seeds { get; init; }

        public bool FailsWhenSeeded { get; init; }

        public int Strength { get; init; } = 256;

        public override string Name => _inner.Name;

        public override int SecurityStrengthBits => Strength;

        public override void Seed(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> additionalInput = default)
        {
            Seeds?.Add(seed.ToArray());
            if (FailsWhenSeeded)
            {
                throw new InvalidOperationException("does not take it");
            }

            _inner.Seed(seed, additionalInput);
        }

        public override void Generate(Span<byte> output, ReadOnlySpan<byte> additionalInput = default) =>
            _inner.Generate(output, additionalInput);

        public override void Dispose()
        {
            _counts._disposed++;
            _inner.Dispose();
        }
    }
}
