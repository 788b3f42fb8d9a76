// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Timing;

namespace LrngEngine.Tests.Sources.Timer;

/// <summary>
/// Events of one CPU whose verdicts are known: none is stuck unless that is asked for. Keeps the derivatives modulo 256 of the
/// stamp divided by the clock's step, in the plainest form.
/// </summary>
internal sealed class TimerStream(ulong step = 1, ulong seed = 88172645463325252)
{
    private ulong _noise = seed;
    private ulong _ticks;
    private byte _delta;
    private byte _delta2;

    /// <summary>Events that carry time.</summary>
    public TimerRecord[] Good(int count) => [.. Enumerable.Range(0, count).Select(_ => Good(_ => true))];

    /// <summary>Events that carry time, all with the same low bits.</summary>
    public TimerRecord[] SameSymbol(int count, byte symbol = 5) =>
        [.. Enumerable.Range(0, count).Select(_ => Good(ticks => ticks % 16 == symbol))];

    /// <summary>A clock that advances by the same odd number of ticks each time: the first event carries time, the others none.</summary>
    public TimerRecord[] Regular(int count)
    {
        TimerRecord[] events = new TimerRecord[count];
        ulong interval = 17;
        while (count > 0 && IsStuck(interval))
        {
            interval += 2;
        }

        for (int i = 0; i < count; i++)
        {
            events[i] = After(interval);
        }

        return events;
    }

    /// <summary>The last stamp again.</summary>
    public TimerRecord[] Standing(int count) => [.. Enumerable.Range(0, count).Select(_ => After(0))];

    private TimerRecord Good(Func<ulong, bool> accepted)
    {
        ulong interval;
        do
        {
            _noise ^= _noise << 13;
            _noise ^= _noise >> 7;
            _noise ^= _noise << 17;
            interval = 1000 + (_noise & 0xffff);
        }
        while (IsStuck(interval) || !accepted(_ticks + interval));

        return After(interval);
    }

    private bool IsStuck(ulong interval)
    {
        byte delta = (byte)interval;
        byte delta2 = (byte)(delta - _delta);
        return delta == 0 || delta2 == 0 || delta2 == _delta2;
    }

    private TimerRecord After(ulong interval)
    {
        byte delta = (byte)interval;
        _delta2 = (byte)(delta - _delta);
        _delta = delta;
        _ticks += interval;
        return new TimerRecord(_ticks * step, (uint)(_noise >> 32) | 1);
    }
}
