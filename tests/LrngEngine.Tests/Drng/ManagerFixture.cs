// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;
using LrngEngine.Drng;
using LrngEngine.Memory;
using LrngEngine.Seeding;
using LrngEngine.Sources;
using LrngEngine.Sources.Auxiliary;
using LrngEngine.Timing;
using Microsoft.Extensions.Time.Testing;

namespace LrngEngine.Tests.Drng;

/// <summary>A manager over scripted sources, a clock that tests turn, and a log that they read.</summary>
internal sealed class ManagerFixture : IDisposable
{
    // Only a broken product reaches it.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly SecretArena _arena = new();
    private readonly Func<LrngEngine.Crypto.Drng, LrngEngine.Crypto.Drng> _wrap;
    private byte _key;

    internal ManagerFixture(DrngManagerOptions? options, params EntropySource[] sources)
        : this(NodeTopology.OneForAll, options, sources)
    {
    }

    internal ManagerFixture(NodeTopology topology, DrngManagerOptions? options, params EntropySource[] sources)
        : this(topology, options, null, drng => drng, sources)
    {
    }

    internal ManagerFixture(DrngManagerOptions? options, CloneGuard guard, params EntropySource[] sources)
        : this(NodeTopology.OneForAll, options, guard, drng => drng, sources)
    {
    }

    /// <param name="topology">The instances.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    /// <param name="wrap">Puts something around every DRNG that is made.</param>
    /// <param name="sources">All but the auxiliary pool.</param>
    internal ManagerFixture(
        NodeTopology topology, DrngManagerOptions? options, Func<LrngEngine.Crypto.Drng, LrngEngine.Crypto.Drng> wrap, params EntropySource[] sources)
        : this(topology, options, null, wrap, sources)
    {
    }

    private ManagerFixture(
        NodeTopology topology,
        DrngManagerOptions? options,
        CloneGuard? guard,
        Func<LrngEngine.Crypto.Drng, LrngEngine.Crypto.Drng> wrap,
        EntropySource[] sources)
    {
        options ??= new DrngManagerOptions();
        _wrap = wrap;
        Auxiliary = new AuxiliaryPool(new Sha512Hash(_arena), _arena, options.Strategy.OversamplingBits);
        Sources = [.. sources, Auxiliary];
        Manager = new DrngManager(topology, _arena, Sources, CreateDrng, new Counter(), Clock, Log, options, guard: guard);
    }

    internal DrngManager Manager { get; }

    internal AuxiliaryPool Auxiliary { get; }

    internal SecretArena Arena => _arena;

    internal IReadOnlyList<EntropySource> Sources { get; }

    internal FakeTimeProvider Clock { get; } = new();

    internal RecordedLog Log { get; } = new();

    internal static void Eventually(Func<bool> condition, string what) =>
        Assert.That(SpinWait.SpinUntil(condition, s_patience), Is.True, what);

    internal void StartAndAwait(SeedLevel level)
    {
        Manager.Start();
        Eventually(() => Manager.Level == level, $"level {level}, reached {Manager.Level}");
    }

    internal void AwaitSeedings(int number) =>
        Eventually(() => Manager.GetStatus().Seedings == number, $"{number} seedings, {Manager.GetStatus().Seedings} were made");

    internal byte[] Generate(int bytes)
    {
        byte[] output = new byte[bytes];
        Manager.Generate(output);
        return output;
    }

    internal void SwitchDrng() => Manager.SwitchDrng(CreateDrng);

    public void Dispose()
    {
        Manager.Dispose();
        Auxiliary.Dispose();
        _arena.Dispose();
    }

    // Each differently, as the product's initial key does.
    private LrngEngine.Crypto.Drng CreateDrng()
    {
        var drng = new ChaCha20Drng(_arena, ChaCha20Kernels.Best);
        drng.Seed([++_key]);
        return _wrap(drng);
    }

    private sealed class Counter : CycleCounter
    {
        private ulong _value;

        public override ulong Read() => ++_value;
    }
}
