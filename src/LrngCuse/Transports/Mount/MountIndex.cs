// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace LrngCuse.Transports.Mount;

/// <summary>The nodes of a mount by the numbers that the kernel knows them by: 1 is the root, the others follow in their order.</summary>
internal sealed class MountIndex
{
    internal const ulong Root = 1;

    // The node with number n, and the number of its directory, at n - 1. The root is its own, as in any file system.
    private readonly List<(MountNode Node, ulong Directory)> _nodes = [];

    internal MountIndex(MountDirectory root) => Add(root, Root);

    internal bool TryGet(ulong number, [NotNullWhen(true)] out MountNode? node)
    {
        bool known = number is >= Root && number <= (ulong)_nodes.Count;
        node = known ? _nodes[(int)(number - 1)].Node : null;
        return known;
    }

    /// <summary>Looks a name up in a directory.</summary>
    internal bool TryFind(ulong directory, ReadOnlySpan<byte> name, out ulong number, [NotNullWhen(true)] out MountNode? node)
    {
        for (int i = 1; i < _nodes.Count; i++)
        {
            if (_nodes[i].Directory == directory && Ascii.Equals(name, _nodes[i].Node.Name))
            {
                number = (ulong)i + 1;
                node = _nodes[i].Node;
                return true;
            }
        }

        number = 0;
        node = null;
        return false;
    }

    /// <summary>What a listing of the directory shows, with numbers.</summary>
    internal IReadOnlyList<(ulong Number, string Name, MountNode Node)> List(ulong directory)
    {
        (MountNode self, ulong parent) = _nodes[(int)(directory - 1)];
        List<(ulong, string, MountNode)> listed = [(directory, ".", self), (parent, "..", _nodes[(int)(parent - 1)].Node)];
        for (int i = 1; i < _nodes.Count; i++)
        {
            if (_nodes[i].Directory == directory)
            {
                listed.Add(((ulong)i + 1, _nodes[i].Node.Name, _nodes[i].Node));
            }
        }

        return listed;
    }

    private void Add(MountNode node, ulong directory)
    {
        _nodes.Add((node, directory));
        ulong number = (ulong)_nodes.Count;
        if (node is MountDirectory parent)
        {
            foreach (MountNode entry in parent.Entries)
            {
                Add(entry, number);
            }
        }
    }
}
