// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Seeding;

namespace LrngEngine.Tests.Drng;

/// <summary>Readers of two nodes share no lock: one that is held up in the middle of a generation holds up nobody on the other.</summary>
[TestFixture]
internal sealed class NodeIndependenceTests
{
    [TestCase(0)]
    [TestCase(1)]
    public void A_generation_that_takes_long_on_one_node_holds_up_no_reader_of_the_other(int slowNode)
    {
        using var inside = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        using var topology = new ThreadTopology(2);
        using var slow = new ThreadLocal<bool>();
        using var fixture = new ManagerFixture(
            topology, options: null, drng => new HookedDrng(drng, BeforeGenerating), new ScriptedSource("JitterRNG", 256));
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        ManagerFixture.Eventually(() => fixture.Manager.AllNodesSeeded, "both nodes serve");

        Task<byte[]> held = Read(slowNode, isSlow: true);
        inside.Wait();
        Task<byte[]> free = Read(1 - slowNode, isSlow: false);
        try
        {
            ManagerFixture.Eventually(() => free.IsCompleted, "the other node's reader is served");
            Assert.That(held.IsCompleted, Is.False, "while this one is still held up");

            // A prediction-resistant reader uses neither of the two.
            Task<int> resistant = Task.Run(() => fixture.Manager.PullPredictionResistant(new byte[32]));
            ManagerFixture.Eventually(() => resistant.IsCompleted, "nor does it hold up a prediction-resistant read");
            Assert.That(resistant.Result, Is.EqualTo(32));
        }
        finally
        {
            release.Set();
        }

        Assert.That(held.Result, Is.Not.EqualTo(free.Result));

        Task<byte[]> Read(int node, bool isSlow) => Task.Run(() =>
        {
            topology.Index = node;
            slow.Value = isSlow;
            try
            {
                return fixture.Generate(32);
            }
            finally
            {
                slow.Value = false;
            }
        });

        void BeforeGenerating()
        {
            if (slow.Value)
            {
                inside.Set();
                release.Wait();
            }
        }
    }
}
