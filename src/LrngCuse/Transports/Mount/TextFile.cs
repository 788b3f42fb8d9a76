// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Text;
using LrngCuse.Interop;

namespace LrngCuse.Transports.Mount;

/// <summary>A file as under /proc: its size is 0, and its text is made anew when somebody opens it. Most can only be read; a write to
/// the others starts something, whatever is written.</summary>
/// <param name="name">Its name in its directory.</param>
/// <param name="render">Makes the text, on a thread that serves the mount: must not wait for anything.</param>
/// <param name="written">What a write by the owner does, on such a thread; 0 or an errno for the writer. Null: it cannot be written.</param>
internal sealed class TextFile(string name, Func<string> render, Func<int>? written = null)
    : MountNode(name, Linux.S_IFREG | (written is null ? ReadOnly : OwnerWrites))
{
    private const uint ReadOnly = 0b100_100_100;
    private const uint OwnerWrites = 0b110_100_100;

    internal Func<int>? Written { get; } = written;

    internal byte[] Render() => Encoding.UTF8.GetBytes(render());
}
