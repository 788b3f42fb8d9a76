// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Interop;
using Tmds.Linux;

namespace LrngCuse.Sampling;

/// <summary>The kernel's.</summary>
internal sealed unsafe class LinuxPerfCalls : IPerfCalls
{
    public int Open(in Perf.perf_event_attr attributes, int cpu) => Perf.Open(attributes, cpu);

    public int Map(int file, nuint bytes, out void* address) => Perf.Map(file, bytes, out address);

    public void Unmap(void* address, nuint bytes) => _ = LibC.munmap(address, (size_t)bytes);

    public int Control(int file, uint request) => Perf.Control(file, request);

    public int SetPeriod(int file, ulong period) => Perf.SetPeriod(file, period);

    public int ReadCounts(int file, Span<ulong> words)
    {
        fixed (ulong* start = words)
        {
            long bytes = (long)LibC.read(file, start, (size_t)(words.Length * sizeof(ulong)));
            return bytes < 0 ? -LibC.errno : (int)bytes / sizeof(ulong);
        }
    }

    public int Poll(Span<pollfd> files, TimeSpan timeout) => Perf.Poll(files, timeout);

    public void Close(int file) => _ = LibC.close(file);
}
