// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Text;
using LrngCuse.Interop;

namespace LrngCuse.Transports.Mount;

/// <summary>A file that can only be read, as under /proc: its size is 0, and its text is made anew when somebody opens it.</summary>
/// <param name="name">Its name in its directory.</param>
/// <param name="render">Makes the text, on a thread that serves the mount: must not wait for anything.</param>
internal sealed class TextFile(string name, Func<string> render) : MountNode(name, Linux.S_IFREG | 0b100_100_100)
{
    internal byte[] Render() => Encoding.UTF8.GetBytes(render());
}
