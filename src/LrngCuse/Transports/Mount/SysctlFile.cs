// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Interop;

namespace LrngCuse.Transports.Mount;

/// <summary>A file as under /proc/sys: one value, made anew at each read.</summary>
/// <param name="name">Its name in its directory.</param>
/// <param name="render">Writes the value and a newline, at most <see cref="MaximumBytes"/>, and returns their number; must not
/// wait.</param>
/// <param name="write">Takes a new value: false if it is out of range. Null: it can only be read.</param>
internal sealed class SysctlFile(string name, SysctlFile.Renderer render, Func<int, bool>? write = null)
    : MountNode(name, Linux.S_IFREG | (write is null ? ReadOnly : OwnerWrites))
{
    /// <summary>Longest text: a UUID and a newline.</summary>
    internal const int MaximumBytes = 37;

    private const uint ReadOnly = 0b100_100_100;
    private const uint OwnerWrites = 0b110_100_100;

    internal delegate int Renderer(Span<byte> text);

    internal Renderer Render { get; } = render;

    internal Func<int, bool>? Write { get; } = write;

    /// <summary>Whether a read at an offset goes on there: strings do, numbers come from offset 0 alone.</summary>
    internal bool ContinuesAtOffset { get; init; }
}
