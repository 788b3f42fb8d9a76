// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Drng;

namespace LrngEngine.Tests.Drng;

/// <summary>Each thread says on which node it runs; 0 if it does not.</summary>
internal sealed class ThreadTopology(int nodes) : NodeTopology, IDisposable
{
    private readonly ThreadLocal<int> _index = new();

    public int Index
    {
        get => _index.Value;
        set => _index.Value = value;
    }

    public override IReadOnlyList<int> Nodes { get; } = [.. Enumerable.Range(0, nodes)];

    public override int CurrentIndex => _index.Value;

    public void Dispose() => _index.Dispose();
}
