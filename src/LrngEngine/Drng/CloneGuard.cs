// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
//
// A machine that is copied, by a snapshot or a template, is copied with every DRNG state, pool and block in it, so that nothing in
// this process can make the copies differ. The kernel learns of it from the hypervisor and reseeds its own generator. So each
// request mixes 16 bytes of that in, without credit: whatever the kernel knows by then, the output depends on.

using LrngEngine.Sources.KernelRng;

namespace LrngEngine.Drng;

/// <summary>Fresh, uncredited data of the kernel for requests of one DRNG. Thread-safe.</summary>
internal sealed class CloneGuard(KernelRandom kernel, TimeProvider clock, CloneGuardMode mode)
{
    /// <summary>Data for one request: enough that no two copies get the same.</summary>
    internal const int Bytes = 16;

    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(1);

    private long _last;

    /// <summary>Gets the data for a request.</summary>
    /// <param name="room">At least <see cref="Bytes"/> bytes.</param>
    /// <returns>What is to be mixed in: a part of <paramref name="room"/>, to be wiped by the caller, or nothing.</returns>
    internal ReadOnlySpan<byte> Fresh(Span<byte> room)
    {
        if (mode == CloneGuardMode.Off || (mode == CloneGuardMode.Millisecond && !IsDue()))
        {
            return [];
        }

        // Where the kernel's generator is not initialised it is not reseeded for copies either.
        Span<byte> fresh = room[..Bytes];
        return kernel.Fill(fresh, KernelRandomFlags.NonBlocking) == 0 ? fresh : [];
    }

    private bool IsDue()
    {
        long now = clock.GetTimestamp();
        long last = Interlocked.Read(ref _last);
        return (last == 0 || clock.GetElapsedTime(last, now) >= s_interval)
            && Interlocked.CompareExchange(ref _last, now, last) == last;
    }
}
