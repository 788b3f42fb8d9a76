// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Interop;
using LrngCuse.Sampling;
using Tmds.Linux;

namespace LrngCuse.Tests.Sampling;

/// <summary>The kernel's poll with a shorter time; nothing else is called.</summary>
internal sealed unsafe class ShortPatience : IPerfCalls, IDisposable
{
    private static readonly TimeSpan s_longest = TimeSpan.FromMilliseconds(300);

    private readonly LinuxPerfCalls _kernel = new();

    public int Open(in Perf.perf_event_attr attributes, int cpu) => throw new NotSupportedException();

    public int Map(int file, nuint bytes, out void* address) => throw new NotSupportedException();

    public void Unmap(void* address, nuint bytes) => throw new NotSupportedException();

    public int Control(int file, uint request) => throw new NotSupportedException();

    public int SetPeriod(int file, ulong period) => throw new NotSupportedException();

    public int ReadCounts(int file, Span<ulong> words) => throw new NotSupportedException();

    public int Poll(Span<pollfd> files, TimeSpan timeout) => _kernel.Poll(files, timeout < s_longest ? timeout : s_longest);

    public void Close(int file) => throw new NotSupportedException();

    public void Dispose()
    {
    }
}
