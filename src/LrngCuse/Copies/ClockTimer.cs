// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Interop;
using Tmds.Linux;

namespace LrngCuse.Copies;

/// <summary>A descriptor that becomes readable when the time of day is set (timerfd_create(2), TFD_TIMER_CANCEL_ON_SET), and never
/// otherwise.</summary>
internal sealed unsafe class ClockTimer : IDisposable
{
    // The year 2554.
    private const long Never = 1L << 34;

    private ClockTimer(int file) => File = file;

    internal int File { get; }

    /// <returns>Null where the system gives none; <paramref name="errno"/> says why.</returns>
    internal static ClockTimer? Open(out int errno)
    {
        int file = NativeClock.timerfd_create(NativeClock.CLOCK_REALTIME, NativeClock.TFD_CLOEXEC | NativeClock.TFD_NONBLOCK);
        NativeClock.TimerValue never = new() { Seconds = Never };
        if (file < 0 || NativeClock.timerfd_settime(
            file, NativeClock.TFD_TIMER_ABSTIME | NativeClock.TFD_TIMER_CANCEL_ON_SET, &never, null) < 0)
        {
            errno = LibC.errno;
            if (file >= 0)
            {
                _ = LibC.close(file);
            }

            return null;
        }

        errno = 0;
        return new ClockTimer(file);
    }

    /// <summary>Makes it unreadable until the clock is set again.</summary>
    internal void Clear()
    {
        ulong expirations;
        _ = LibC.read(File, &expirations, sizeof(ulong));
    }

    /// <summary>Time of day minus time since boot.</summary>
    internal static TimeSpan Difference()
    {
        NativeClock.Time day, boot;
        _ = NativeClock.clock_gettime(NativeClock.CLOCK_REALTIME, &day);
        _ = NativeClock.clock_gettime(NativeClock.CLOCK_BOOTTIME, &boot);
        return TimeSpan.FromMicroseconds(((day.Seconds - boot.Seconds) * 1_000_000) + ((day.Nanoseconds - boot.Nanoseconds) / 1000));
    }

    public void Dispose() => _ = LibC.close(File);
}
