// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Drng;

/// <summary>Which DRNG instances there are and which one serves the CPU that a request runs on. Thread-safe.</summary>
public abstract class NodeTopology
{
    /// <summary>Ids of the instances, ascending; the first one is the instance that serves everybody else's requests while
    /// theirs is not fully seeded. Fixed from construction on.</summary>
    public abstract IReadOnlyList<int> Nodes { get; }

    /// <summary>Index into <see cref="Nodes"/> for the CPU that the calling thread runs on; 0 if it is not known.</summary>
    public abstract int CurrentIndex { get; }

    /// <summary>One instance for the whole machine.</summary>
    public static NodeTopology OneForAll { get; } = new SingleNode();

    private sealed class SingleNode : NodeTopology
    {
        public override IReadOnlyList<int> Nodes { get; } = [0];

        public override int CurrentIndex => 0;
    }
}
