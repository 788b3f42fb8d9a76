// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using Tmds.Linux;

namespace LrngEngine.Memory;

/// <summary>The real system calls.</summary>
internal sealed unsafe class LinuxMemoryCalls : IMemoryCalls
{
    public int PageBytes => Environment.SystemPageSize;

    public int Reserve(nuint bytes, out void* address)
    {
        address = LibC.mmap(null, (size_t)bytes, LibC.PROT_NONE, LibC.MAP_PRIVATE | LibC.MAP_ANONYMOUS, -1, 0);
        return address == LibC.MAP_FAILED ? LibC.errno : 0;
    }

    public int MakeReadWrite(void* address, nuint bytes) =>
        Result(LibC.mprotect(address, (size_t)bytes, LibC.PROT_READ | LibC.PROT_WRITE));

    public int Lock(void* address, nuint bytes) => Result(LibC.mlock(address, (size_t)bytes));

    public int Advise(void* address, nuint bytes, int advice) => Result(LibC.madvise(address, (size_t)bytes, advice));

    public int Unmap(void* address, nuint bytes) => Result(LibC.munmap(address, (size_t)bytes));

    private static int Result(int returned) => returned == 0 ? 0 : LibC.errno;
}
