// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.InteropServices;
using LrngEngine.Drng;
using LrngEngine.Seeding;

namespace LrngEngine.Tests.Drng;

/// <summary>
/// No reader sees bytes that another one got. Every output is cut into blocks of 16 bytes, and no two of all blocks are equal. By
/// chance two of n = 2^21 random blocks are with probability n^2 / 2 / 2^128 = 2^-87.
/// </summary>
[TestFixture]
internal sealed class UniqueOutputTests
{
    private const int BlockBytes = 16;
    private const int BlocksOfEachReader = 1 << 19;
    private const int ResistantReads = 2000;

    [Test]
    public void No_two_readers_of_two_nodes_get_the_same_bytes_while_all_is_reseeded()
    {
        var source = new ScriptedSource("JitterRNG", 256);
        using var topology = new ThreadTopology(2);
        using var fixture = new ManagerFixture(topology, new DrngManagerOptions { ReseedThreshold = 5000 }, source);
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        ManagerFixture.Eventually(() => fixture.Manager.AllNodesSeeded, "both nodes serve");

        using var hammer = new Hammer();
        var outputs = new List<byte[]>();
        for (int reader = 0; reader < 4; reader++)
        {
            byte[] output = new byte[BlocksOfEachReader * BlockBytes];
            outputs.Add(output);
            int node = reader % 2;
            int position = 0;
            hammer.Add($"reader {reader} on node {node}", BlocksOfEachReader, round =>
            {
                topology.Index = node;

                // Most reads are one block, some a few, some more than the piece after which the state is updated.
                int blocks = round % 1000 == 0 ? 300 : round % 10 == 0 ? 7 : 1;
                int bytes = Math.Min(blocks * BlockBytes, output.Length - position);
                fixture.Manager.Generate(output.AsSpan(position, bytes));
                position += bytes;
            });
        }

        byte[] resistant = new byte[ResistantReads * DrngManager.PredictionResistantChunkBytes];
        outputs.Add(resistant);
        hammer.Add("resistant reader", ResistantReads, round => fixture.Manager.PullPredictionResistant(
            resistant.AsSpan(round * DrngManager.PredictionResistantChunkBytes, DrngManager.PredictionResistantChunkBytes)));
        hammer.Add("forced reseeder", 200, _ => fixture.Manager.ReseedAsync(CancellationToken.None).Wait());
        hammer.Add("reseeder", 2000, _ => fixture.Manager.RequestReseed());
        hammer.Run();

        UInt128[] blocks = [.. outputs.SelectMany(output => MemoryMarshal.Cast<byte, UInt128>(output).ToArray())];
        Assert.That(blocks, Has.Length.GreaterThan(2_000_000));
        Array.Sort(blocks);
        int equal = Enumerable.Range(1, blocks.Length - 1).Count(index => blocks[index] == blocks[index - 1]);
        Assert.That(equal, Is.Zero, $"of {blocks.Length} blocks");

        IReadOnlyList<DrngReport> nodes = fixture.Manager.GetStatus().Nodes;
        Assert.That(nodes.Select(node => node.GeneratedBytes), Is.All.EqualTo(2L * BlocksOfEachReader * BlockBytes), "both served");
        Assert.That(nodes.Select(node => node.Seedings), Is.All.GreaterThan(1), "and were reseeded meanwhile");
    }
}
