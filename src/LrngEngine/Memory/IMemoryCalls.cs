// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Memory;

/// <summary>The system calls that <see cref="SecretArena"/> needs; each returns 0 or a positive errno.</summary>
internal unsafe interface IMemoryCalls
{
    int PageBytes { get; }

    /// <summary>Maps private anonymous memory without access rights.</summary>
    int Reserve(nuint bytes, out void* address);

    int MakeReadWrite(void* address, nuint bytes);

    int Lock(void* address, nuint bytes);

    /// <summary>madvise with one of the MADV_ constants.</summary>
    int Advise(void* address, nuint bytes, int advice);

    int Unmap(void* address, nuint bytes);
}
