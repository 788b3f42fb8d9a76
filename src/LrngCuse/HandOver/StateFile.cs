// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.InteropServices;
using LrngCuse.Interop;
using Microsoft.Win32.SafeHandles;

namespace LrngCuse.HandOver;

/// <summary>A file in memory that lives as long as somebody holds a descriptor of it.</summary>
internal static unsafe class StateFile
{
    /// <exception cref="CommandException">The kernel makes none.</exception>
    internal static SafeFileHandle Create(ReadOnlySpan<byte> content)
    {
        int file;
        fixed (byte* name = "lrng-state\0"u8)
        {
            file = NativeLibC.memfd_create(name, Linux.MFD_CLOEXEC);
        }

        if (file < 0)
        {
            throw new CommandException(
                $"no file in memory: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}", "allow memfd_create in the system call filter");
        }

        var handle = new SafeFileHandle(file, ownsHandle: true);
        RandomAccess.Write(handle, content, 0);
        return handle;
    }

    /// <exception cref="InvalidDataException">It is too large to be one of these.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal static byte[] Read(SafeFileHandle file)
    {
        long length = RandomAccess.GetLength(file);
        if (length > ConnectionState.MaximumBytes)
        {
            throw new InvalidDataException($"it has {length} bytes");
        }

        byte[] content = new byte[length];
        int got = RandomAccess.Read(file, content, 0);
        return got == length ? content : throw new InvalidDataException($"{got} of its {length} bytes can be read");
    }
}
