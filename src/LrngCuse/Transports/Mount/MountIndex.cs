// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace LrngCuse.Transports.Mount;

/// <summary>The nodes of a mount by the numbers that the kernel knows them by: 1 is the root, the others follow in their order, after
/// those that an earlier process gave numbers to.</summary>
internal sealed class MountIndex
{
    internal const ulong Root = 1;

    // The node with number n, its path and the number of its directory, at n - 1. The root is its own, as in any file system. Null: an
    // earlier process had something there.
    private readonly List<(MountNode? Node, string Path, ulong Directory)> _nodes = [];

    /// <param name="root">What there is.</param>
    /// <param name="known">Paths that have numbers already, from 1 on.</param>
    internal MountIndex(MountDirectory root, params IReadOnlyList<string> known)
    {
        Debug.Assert(known is [] or ["", ..], "the root is the first");
        _nodes.AddRange(known.Select(path => ((MountNode?)null, path, Root)));
        Add(root, "", Root);
    }

    /// <summary>Paths by their numbers, from 1 on; that of the root is empty.</summary>
    internal IReadOnlyList<string> Paths => [.. _nodes.Select(entry => entry.Path)];

    internal bool TryGet(ulong number, [NotNullWhen(true)] out MountNode? node)
    {
        node = number is >= Root && number <= (ulong)_nodes.Count ? _nodes[(int)(number - 1)].Node : null;
        return node is not null;
    }

    /// <summary>Looks a name up in a directory.</summary>
    internal bool TryFind(ulong directory, ReadOnlySpan<byte> name, out ulong number, [NotNullWhen(true)] out MountNode? node)
    {
        for (int i = 1; i < _nodes.Count; i++)
        {
            if (_nodes[i].Node is { } candidate && _nodes[i].Directory == directory && Ascii.Equals(name, candidate.Name))
            {
                number = (ulong)i + 1;
                node = candidate;
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
        (MountNode? self, _, ulong parent) = _nodes[(int)(directory - 1)];
        List<(ulong, string, MountNode)> listed = [(directory, ".", self!), (parent, "..", _nodes[(int)(parent - 1)].Node!)];
        for (int i = 1; i < _nodes.Count; i++)
        {
            if (_nodes[i].Node is { } node && _nodes[i].Directory == directory)
            {
                listed.Add(((ulong)i + 1, node.Name, node));
            }
        }

        return listed;
    }

    private void Add(MountNode node, string path, ulong directory)
    {
        int place = _nodes.FindIndex(entry => entry.Node is null && entry.Path == path);
        if (place < 0)
        {
            place = _nodes.Count;
            _nodes.Add(default);
        }

        _nodes[place] = (node, path, directory);
        if (node is MountDirectory parent)
        {
            foreach (MountNode entry in parent.Entries)
            {
                Add(entry, path.Length == 0 ? entry.Name : $"{path}/{entry.Name}", (ulong)place + 1);
            }
        }
    }
}
