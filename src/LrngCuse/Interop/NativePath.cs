// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Text;

namespace LrngCuse.Interop;

/// <summary>Paths for system calls.</summary>
internal static class NativePath
{
    /// <summary>UTF-8 with the closing NUL.</summary>
    internal static byte[] Of(string path) => Encoding.UTF8.GetBytes(path + '\0');
}
