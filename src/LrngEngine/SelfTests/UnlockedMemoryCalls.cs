// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Memory;

namespace LrngEngine.SelfTests;

/// <summary>Memory for published test vectors: it takes nothing from the limit of locked memory, which secrets need.</summary>
internal sealed unsafe class UnlockedMemoryCalls : IMemoryCalls
{
    private readonly LinuxMemoryCalls _calls = new();

    public int PageBytes => _calls.PageBytes;

    public int Reserve(nuint bytes, out void* address) => _calls.Reserve(bytes, out address);

    public int MakeReadWrite(void* address, nuint bytes) => _calls.MakeReadWrite(address, bytes);

    public int Lock(void* address, nuint bytes) => 0;

    public int Advise(void* address, nuint bytes, int advice) => 0;

    public int Unmap(void* address, nuint bytes) => _calls.Unmap(address, bytes);
}
