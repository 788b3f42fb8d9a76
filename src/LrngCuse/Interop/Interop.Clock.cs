// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.InteropServices;

namespace LrngCuse.Interop;

/// <summary>Clocks and timers of the system.</summary>
internal static unsafe partial class NativeClock
{
    internal const int CLOCK_REALTIME = 0;
    internal const int CLOCK_BOOTTIME = 7;
    internal const int TFD_NONBLOCK = 0x800;
    internal const int TFD_CLOEXEC = 0x80000;
    internal const int TFD_TIMER_ABSTIME = 1;
    internal const int TFD_TIMER_CANCEL_ON_SET = 2;

    private const string Library = "libc";

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int timerfd_create(int clock, int flags);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int timerfd_settime(int file, int flags, TimerValue* value, TimerValue* old);

    [LibraryImport(Library)]
    internal static partial int clock_gettime(int clock, Time* time);

    // struct timespec and struct itimerspec of 64-bit systems
    [StructLayout(LayoutKind.Sequential)]
    internal struct Time
    {
        public long Seconds;
        public long Nanoseconds;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct TimerValue
    {
        public long IntervalSeconds;
        public long IntervalNanoseconds;
        public long Seconds;
        public long Nanoseconds;
    }
}
