// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Interop;

namespace LrngCuse.Transports.Mount;

/// <summary>A directory of the mount. What is in it stays the same for the daemon's life.</summary>
internal sealed class MountDirectory(string name, uint permissions, IReadOnlyList<MountNode> entries)
    : MountNode(name, Linux.S_IFDIR | permissions)
{
    internal const uint OwnerOnly = 0b101_000_000;
    private const uint Everybody = 0b111_101_101;

    internal MountDirectory(string name, params IReadOnlyList<MountNode> entries)
        : this(name, Everybody, entries)
    {
    }

    internal IReadOnlyList<MountNode> Entries { get; } = entries;
}
