// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.InteropServices;
using LrngCuse.Interop;
using Tmds.Linux;

namespace LrngCuse.Feeding;

/// <summary>/dev/random, which must be the kernel's own.</summary>
internal sealed unsafe class KernelPool : IKernelPool, IDisposable
{
    // MEM_MAJOR and the minor number of random in drivers/char/mem.c.
    private const ulong Major = 1;
    private const ulong Minor = 8;

    private readonly string _path;
    private int _file;

    /// <param name="path">The device.</param>
    /// <exception cref="CommandException">It is another one, or this process may not write to it.</exception>
    internal KernelPool(string path = "/dev/random")
    {
        _path = path;
        fixed (byte* name = NativePath.Of(path))
        {
            _file = LibC.open(name, LibC.O_RDWR | LibC.O_CLOEXEC | LibC.O_NOCTTY);
        }

        if (_file < 0)
        {
            throw Failed("open it", LibC.errno);
        }

        stat status;
        if (LibC.fstat(_file, &status) != 0 || ((uint)status.st_mode & Linux.S_IFMT) != Linux.S_IFCHR || (ulong)status.st_rdev != ((Major << 8) | Minor))
        {
            Dispose();
            throw new CommandException(
                $"{path} is not the kernel's own device ({Major}:{Minor}): nothing was added to it",
                $"run it where {path} is not replaced, outside of containers");
        }
    }

    public void Add(Span<byte> request, int bits)
    {
        // struct rand_pool_info: int entropy_count; int buf_size; then the data.
        int size = request.Length - IKernelPool.HeaderBytes;
        MemoryMarshal.Write(request, bits);
        MemoryMarshal.Write(request[sizeof(int)..], size);
        fixed (byte* start = request)
        {
            if (LibC.ioctl(_file, (int)Linux.RNDADDENTROPY, start) != 0)
            {
                throw Failed($"add {size} bytes", LibC.errno);
            }
        }
    }

    public void Dispose()
    {
        if (_file >= 0)
        {
            _ = LibC.close(_file);
            _file = -1;
        }
    }

    private CommandException Failed(string what, int errno) => new(
        $"{_path}: cannot {what}: {Marshal.GetPInvokeErrorMessage(errno)}",
        errno is Linux.EPERM or Linux.EACCES ? "run it as root of this machine: it takes CAP_SYS_ADMIN" : $"is {_path} there?");
}
