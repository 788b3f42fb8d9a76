// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Interop;
using Tmds.Linux;

namespace LrngCuse.Sampling;

/// <summary>The system calls of sampling. Each returns 0 or more, or a negative errno.</summary>
internal unsafe interface IPerfCalls
{
    /// <returns>Descriptor of the event.</returns>
    int Open(in Perf.perf_event_attr attributes, int cpu);

    /// <summary>Maps the control page and a buffer.</summary>
    int Map(int file, nuint bytes, out void* address);

    void Unmap(void* address, nuint bytes);

    /// <param name="file">The event.</param>
    /// <param name="request">PERF_EVENT_IOC_ENABLE or PERF_EVENT_IOC_DISABLE.</param>
    int Control(int file, uint request);

    int SetPeriod(int file, ulong period);

    /// <summary>Reads the number of events, and behind it the number of lost samples if the event was opened so.</summary>
    /// <returns>Number of words.</returns>
    int ReadCounts(int file, Span<ulong> words);

    /// <returns>Number of ready descriptors, 0 after the time-out.</returns>
    int Poll(Span<pollfd> files, TimeSpan timeout);

    void Close(int file);
}
