// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Tests.Sampling;

/// <summary>Repeatable numbers for fuzzing (splitmix64).</summary>
internal sealed class Noise(ulong state)
{
    private ulong _state = state;

    internal ulong NextWord()
    {
        ulong word = _state += 0x9e3779b97f4a7c15;
        word = (word ^ (word >> 30)) * 0xbf58476d1ce4e5b9;
        word = (word ^ (word >> 27)) * 0x94d049bb133111eb;
        return word ^ (word >> 31);
    }

    internal uint Next(uint limit) => (uint)(NextWord() % limit);
}
