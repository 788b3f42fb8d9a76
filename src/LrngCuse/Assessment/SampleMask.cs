// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Globalization;
using System.Numerics;

namespace LrngCuse.Assessment;

/// <summary>The at most eight bits of a number that make a sample, moved together; and the width that samples are said to have.</summary>
/// <param name="Bits">The bits that are taken.</param>
/// <param name="Width">n, at least the number of bits that are taken.</param>
internal readonly record struct SampleMask(ulong Bits, int Width)
{
    internal const int MaximumWidth = 8;

    internal static SampleMask LowByte { get; } = new(0xFF, MaximumWidth);

    /// <summary>HEX or HEX:WIDTH, with or without 0x.</summary>
    internal static bool TryParse(string text, out SampleMask mask)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        ReadOnlySpan<char> digits = colon < 0 ? text : text.AsSpan(0, colon);
        digits = digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? digits[2..] : digits;
        bool valid = ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong bits);
        int taken = BitOperations.PopCount(bits);
        int width = taken;
        valid &= colon < 0 || int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out width);
        mask = new SampleMask(bits, width);
        return valid && taken >= 1 && taken <= width && width <= MaximumWidth;
    }

    /// <summary>The bits of <paramref name="number"/> that are taken, the lowest as bit 0.</summary>
    internal byte Extract(ulong number)
    {
        int sample = 0;
        int place = 0;
        for (ulong left = Bits; left != 0; left &= left - 1, place++)
        {
            sample |= (int)(number >> BitOperations.TrailingZeroCount(left) & 1) << place;
        }

        return (byte)sample;
    }
}
