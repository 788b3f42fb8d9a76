// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.InteropServices;
using Tmds.Linux;

namespace LrngCuse.Interop;

/// <summary>perf_event_open(2) and what goes with it, by the names of linux/perf_event.h. Failures are negative errnos.</summary>
internal static unsafe partial class Perf
{
    internal const uint PERF_TYPE_TRACEPOINT = 2;

    internal const ulong PERF_SAMPLE_IP = 1 << 0;
    internal const ulong PERF_SAMPLE_TID = 1 << 1;
    internal const ulong PERF_SAMPLE_TIME = 1 << 2;
    internal const ulong PERF_SAMPLE_CPU = 1 << 7;
    internal const ulong PERF_SAMPLE_RAW = 1 << 10;

    internal const ulong PERF_FORMAT_LOST = 1 << 4;

    internal const uint PERF_RECORD_LOST = 2;
    internal const uint PERF_RECORD_THROTTLE = 5;
    internal const uint PERF_RECORD_UNTHROTTLE = 6;
    internal const uint PERF_RECORD_SAMPLE = 9;
    internal const uint PERF_RECORD_LOST_SAMPLES = 13;

    internal const uint PERF_FLAG_FD_CLOEXEC = 1 << 3;

    internal const int CLOCK_MONOTONIC_RAW = 4;

    internal const uint PERF_EVENT_IOC_ENABLE = 0x2400;
    internal const uint PERF_EVENT_IOC_DISABLE = 0x2401;
    internal const uint PERF_EVENT_IOC_PERIOD = 0x40082404;

    private static int OpenNumber => ByArchitecture(x64: 298, arm64: 241);

    private static int PpollNumber => ByArchitecture(x64: 271, arm64: 73);

    /// <summary>Opens an event for every process on one CPU.</summary>
    /// <returns>A descriptor.</returns>
    internal static int Open(in perf_event_attr attributes, int cpu)
    {
        fixed (perf_event_attr* start = &attributes)
        {
            return Result((long)LibC.syscall(OpenNumber, start, -1, cpu, -1, PERF_FLAG_FD_CLOEXEC));
        }
    }

    /// <param name="file">Descriptor of an event.</param>
    /// <param name="request">PERF_EVENT_IOC_ENABLE or PERF_EVENT_IOC_DISABLE.</param>
    internal static int Control(int file, uint request) => Result(LibC.ioctl(file, (int)request, (void*)null));

    /// <summary>From now on each period-th event is a sample.</summary>
    internal static int SetPeriod(int file, ulong period) => Result(LibC.ioctl(file, (int)PERF_EVENT_IOC_PERIOD, &period));

    /// <summary>Maps the control page and the ring buffer behind it.</summary>
    /// <returns>0 or a negative errno.</returns>
    internal static int Map(int file, nuint bytes, out void* address)
    {
        address = LibC.mmap(null, (size_t)bytes, LibC.PROT_READ | LibC.PROT_WRITE, LibC.MAP_SHARED, file, 0);
        return address == LibC.MAP_FAILED ? -LibC.errno : 0;
    }

    /// <summary>Waits until a descriptor is ready, for ever with <see cref="Timeout.InfiniteTimeSpan"/>.</summary>
    /// <returns>Number of ready descriptors, 0 after the time-out.</returns>
    internal static int Poll(Span<pollfd> files, TimeSpan timeout)
    {
        // struct timespec: seconds, nanoseconds. The kernel writes the rest of the time into it.
        long* time = stackalloc long[2];
        time[0] = timeout.Ticks / TimeSpan.TicksPerSecond;
        time[1] = timeout.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick;
        long* limit = timeout == Timeout.InfiniteTimeSpan ? null : time;
        fixed (pollfd* first = files)
        {
            return Result((long)LibC.syscall(PpollNumber, first, (uint)files.Length, limit, (void*)null, 0));
        }
    }

    private static int ByArchitecture(int x64, int arm64) => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => x64,
        Architecture.Arm64 => arm64,
        _ => throw new PlatformNotSupportedException("x86-64 and arm64 only"),
    };

    private static int Result(long returned) => returned < 0 ? -LibC.errno : (int)returned;
}
