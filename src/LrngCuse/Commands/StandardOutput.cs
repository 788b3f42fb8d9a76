// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.InteropServices;
using Tmds.Linux;

namespace LrngCuse.Commands;

/// <summary>stdout by write(2): Console swallows EPIPE, and a full disk must end in a message.</summary>
internal static unsafe class StandardOutput
{
    private const int Descriptor = 1;

    internal static bool IsTerminal => LibC.isatty(Descriptor) == 1;

    /// <exception cref="CommandException">Nobody reads any more, or the bytes cannot be written.</exception>
    internal static void Write(ReadOnlySpan<byte> data)
    {
        fixed (byte* start = data)
        {
            int written = 0;
            while (written < data.Length)
            {
                long result = (long)LibC.write(Descriptor, start + written, (size_t)(data.Length - written));
                if (result >= 0)
                {
                    written += (int)result;
                }
                else if (LibC.errno != LibC.EINTR)
                {
                    throw new CommandException(
                        $"cannot write the output: {Marshal.GetPInvokeErrorMessage(LibC.errno)}", "is the reader still there, the disk full?");
                }
            }
        }
    }
}
