// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Feeding;

namespace LrngCuse.Tests.Feeding;

/// <summary>Keeps what it is given.</summary>
internal sealed class RecordedKernelPool : IKernelPool
{
    internal List<(byte[] Data, int Bits)> Added { get; } = [];

    internal Action AfterAdd { get; set; } = static () => { };

    public void Add(Span<byte> request, int bits)
    {
        Added.Add((request[IKernelPool.HeaderBytes..].ToArray(), bits));
        AfterAdd();
    }
}
