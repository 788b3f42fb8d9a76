// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Drng;

namespace LrngEngine.Tests.Drng;

/// <summary>A topology of which the test says on which node it runs.</summary>
internal sealed class ChosenNode(int nodes) : NodeTopology
{
    public int Index { get; set; }

    public override IReadOnlyList<int> Nodes { get; } = [.. Enumerable.Range(0, nodes)];

    public override int CurrentIndex => Index;
}
