// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.InteropServices;
using LrngEngine.Crypto;
using LrngEngine.Memory;

namespace LrngEngine.Tests.Crypto;

/// <summary>What SP 800-90A, 9 and 11.3 ask of every DRBG, whatever it computes.</summary>
[TestFixtureSource(typeof(DrbgCase), nameof(DrbgCase.All))]
internal sealed class DrbgContractTests(DrbgCase one)
{
    private static readonly byte[] s_entropy = [.. Enumerable.Range(0, 48).Select(value => (byte)(value * 5))];
    private static readonly byte[] s_data = [.. Enumerable.Range(0, 70).Select(value => (byte)(value * 3))];

    private ArenaView _view;
    private Drbg _drbg;

    [SetUp]
    public void Create()
    {
        _view = new ArenaView();
        _drbg = one.Require(_view.Arena);
    }

    [TearDown]
    public void Destroy()
    {
        _drbg?.Dispose();
        _view.Dispose();
    }

    [Test]
    public void It_starts_uninstantiated()
    {
        Assert.That(_drbg.State, Is.EqualTo(DrbgState.Uninstantiated));
        Assert.That(_drbg.ReseedCounter, Is.Zero);
        Assert.That(_drbg.SecurityStrengthBits, Is.EqualTo(256));
        Assert.That(() => _drbg.Generate(new byte[1]), Throws.InvalidOperationException);
        Assert.That(() => _drbg.Reseed(s_entropy), Throws.InvalidOperationException);
    }

    [Test]
    public void It_is_instantiated_once()
    {
        Instantiate();
        Assert.That(() => Instantiate(), Throws.InvalidOperationException);
        Assert.That(_drbg.State, Is.EqualTo(DrbgState.Ready));
    }

    [Test]
    public void The_counter_counts_requests_since_the_seed()
    {
        Instantiate();
        Assert.That(_drbg.ReseedCounter, Is.EqualTo(1));
        _drbg.Generate(new byte[1]);
        _drbg.Generate(new byte[Drbg.MaxRequestBytes]);
        Assert.That(_drbg.ReseedCounter, Is.EqualTo(3));
        _drbg.Reseed(s_entropy);
        Assert.That(_drbg.ReseedCounter, Is.EqualTo(1));
    }

    [Test]
    public void A_used_up_interval_asks_for_a_reseed()
    {
        using Drbg drbg = one.Create(_view.Arena, 2);
        drbg.Instantiate(s_entropy, [], []);
        drbg.Generate(new byte[1]);
        drbg.Generate(new byte[1]);
        Assert.That(() => drbg.Generate(new byte[1]), Throws.InvalidOperationException);
        Assert.That(() => drbg.Generate(new byte[1]), Throws.InvalidOperationException);
        drbg.Reseed(s_entropy);
        Assert.That(() => drbg.Generate(new byte[1]), Throws.Nothing);
    }

    [TestCase(0UL)]
    [TestCase(Drbg.MaxReseedInterval + 1)]
    public void Other_intervals_are_refused(ulong interval) =>
        Assert.That(() => one.Create(_view.Arena, interval), Throws.InstanceOf<ArgumentException>());

    [Test]
    public void Entropy_below_the_strength_is_refused_and_changes_nothing()
    {
        Assert.That(() => _drbg.Instantiate(s_entropy.AsSpan(0, 31), s_entropy, s_data), Throws.InstanceOf<ArgumentException>());
        Assert.That(_drbg.State, Is.EqualTo(DrbgState.Uninstantiated));
        Instantiate();
        byte[] before = _view.Snapshot();
        Assert.That(() => _drbg.Reseed(s_entropy.AsSpan(0, 31), s_data), Throws.InstanceOf<ArgumentException>());
        Assert.That(_view.Snapshot(), Is.EqualTo(before));
        Assert.That(() => _drbg.Reseed(s_entropy.AsSpan(0, 32), s_data), Throws.Nothing);
    }

    [Test]
    public void A_longer_request_than_permitted_is_refused_and_changes_nothing()
    {
        Instantiate();
        byte[] before = _view.Snapshot();
        Assert.That(() => _drbg.Generate(new byte[Drbg.MaxRequestBytes + 1]), Throws.InstanceOf<ArgumentException>());
        Assert.That(_view.Snapshot(), Is.EqualTo(before));
        Assert.That(_drbg.State, Is.EqualTo(DrbgState.Ready));
    }

    [Test]
    public void Longer_inputs_than_permitted_are_refused()
    {
        // Nothing reads so far.
        byte first = 0;
        Assert.Multiple(() =>
        {
            Assert.That(() => _drbg.Instantiate(TooLong(ref first), [], []), Throws.InstanceOf<ArgumentException>());
            Assert.That(() => _drbg.Instantiate(s_entropy, TooLong(ref first), []), Throws.InstanceOf<ArgumentException>());
            Assert.That(() => _drbg.Instantiate(s_entropy, [], TooLong(ref first)), Throws.InstanceOf<ArgumentException>());
        });
        Instantiate();
        Assert.Multiple(() =>
        {
            Assert.That(() => _drbg.Reseed(TooLong(ref first)), Throws.InstanceOf<ArgumentException>());
            Assert.That(() => _drbg.Reseed(s_entropy, TooLong(ref first)), Throws.InstanceOf<ArgumentException>());
            Assert.That(() => _drbg.Generate(new byte[1], TooLong(ref first)), Throws.InstanceOf<ArgumentException>());
        });
    }

    [Test]
    public void Uninstantiating_wipes_and_permits_a_new_beginning()
    {
        Instantiate();
        byte[] first = Generate(100);
        _drbg.Uninstantiate();
        Assert.That(_view.Snapshot(), Is.All.Zero);
        Assert.That(_drbg.State, Is.EqualTo(DrbgState.Uninstantiated));
        Assert.That(() => _drbg.Generate(new byte[1]), Throws.InvalidOperationException);

        Instantiate();
        Assert.That(Generate(100), Is.EqualTo(first));
    }

    [Test]
    public void The_error_state_wipes_and_stays()
    {
        Instantiate();
        _drbg.EnterErrorState();
        Assert.That(_view.Snapshot(), Is.All.Zero);
        Assert.Multiple(() =>
        {
            Assert.That(() => Instantiate(), Throws.InvalidOperationException);
            Assert.That(() => _drbg.Reseed(s_entropy), Throws.InvalidOperationException);
            Assert.That(() => _drbg.Generate(new byte[1]), Throws.InvalidOperationException);
            Assert.That(_drbg.State, Is.EqualTo(DrbgState.Error));
        });
        _drbg.Uninstantiate();
        Assert.That(() => Instantiate(), Throws.Nothing);
    }

    [Test]
    public void Dispose_wipes_and_gives_back()
    {
        Instantiate();
        _ = Generate(1000);
        _drbg.Dispose();
        _drbg.Dispose();
        Assert.Multiple(() =>
        {
            Assert.That(_view.Snapshot(), Is.All.Zero);
            Assert.That(() => _drbg.Instantiate([], [], []), Throws.TypeOf<ObjectDisposedException>());
            Assert.That(() => _drbg.Reseed([]), Throws.TypeOf<ObjectDisposedException>());
            Assert.That(() => _drbg.Generate(new byte[1]), Throws.TypeOf<ObjectDisposedException>());
            Assert.That(() => _drbg.Uninstantiate(), Throws.TypeOf<ObjectDisposedException>());
        });
    }

    // Lengths for each way through the kernels. Eight equal bytes by chance: 2^-64 for each pair of places, below 2^-40 in all.
    [TestCase(16)]
    [TestCase(100)]
    [TestCase(200)]
    [TestCase(700)]
    [TestCase(4096)]
    public void Neither_input_nor_output_remains(int bytes)
    {
        Instantiate();
        AssertAbsent(s_entropy);
        AssertAbsent(s_data);
        byte[] output = new byte[bytes];
        _drbg.Generate(output, s_data);
        AssertAbsent(output);
        AssertAbsent(s_data);
        _drbg.Reseed(s_entropy, s_data);
        AssertAbsent(s_entropy);
        AssertAbsent(s_data);
    }

    [Test]
    public void An_empty_request_updates_the_state_and_counts()
    {
        Instantiate();
        byte[] first = Generate(64);
        _drbg.Uninstantiate();
        Instantiate();
        _drbg.Generate([]);
        Assert.That(_drbg.ReseedCounter, Is.EqualTo(2));
        Assert.That(Generate(64), Is.Not.EqualTo(first));
    }

    [Test]
    public void Every_length_is_the_beginning_of_a_longer_one()
    {
        byte[] longest = Fresh(1200);
        for (int bytes = 0; bytes < longest.Length; bytes++)
        {
            Assert.That(Fresh(bytes), Is.EqualTo(longest[..bytes]));
        }
    }

    [Test]
    public void Nothing_is_allocated()
    {
        Instantiate();
        byte[] output = new byte[5000];
        Use(output);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < 100; round++)
        {
            Use(output);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void A_full_arena_is_an_error()
    {
        using var arena = new SecretArena(4096);
        using SecretBuffer others = arena.Allocate(4096);
        Assert.That(() => one.Create(arena, 1), Throws.InvalidOperationException);
    }

    private static ReadOnlySpan<byte> TooLong(ref byte first) => MemoryMarshal.CreateReadOnlySpan(ref first, Drbg.MaxInputBytes + 1);

    private void Use(byte[] output)
    {
        _drbg.Generate(output.AsSpan(0, 16));
        _drbg.Generate(output);
        _drbg.Generate(output, s_data);
        _drbg.Reseed(s_entropy, s_data);
        _drbg.Uninstantiate();
        Instantiate();
    }

    private void Instantiate() => _drbg.Instantiate(s_entropy, s_entropy.AsSpan(16, 20), s_data);

    private byte[] Fresh(int bytes)
    {
        _drbg.Uninstantiate();
        Instantiate();
        return Generate(bytes);
    }

    private byte[] Generate(int bytes)
    {
        byte[] output = new byte[bytes];
        _drbg.Generate(output);
        return output;
    }

    private void AssertAbsent(byte[] secret)
    {
        byte[] memory = _view.Snapshot();
        for (int at = 0; at + sizeof(ulong) <= secret.Length; at++)
        {
            Assert.That(memory.AsSpan().IndexOf(secret.AsSpan(at, sizeof(ulong))), Is.Negative);
        }
    }
}
