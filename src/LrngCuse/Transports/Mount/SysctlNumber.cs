// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Globalization;

namespace LrngCuse.Transports.Mount;

/// <summary>A number as the kernel's integer sysctls take it: decimal, 0x and hexadecimal, 0 and octal; blanks around it. What
/// follows after a blank is ignored there; here it must be blank.</summary>
internal static class SysctlNumber
{
    // The kernel gives up at a page.
    private const int MaximumBytes = 4096;

    internal static bool TryParse(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        ReadOnlySpan<byte> word = text.TrimEnd((byte)0).Trim(" \t\n\v\f\r"u8);
        bool negative = word.StartsWith("-"u8);
        word = word[(negative ? 1 : 0)..];
        if (text.Length >= MaximumBytes || word.IsEmpty || !TryParseMagnitude(word, out ulong magnitude) || magnitude > int.MaxValue)
        {
            return false;
        }

        value = negative ? -(int)magnitude : (int)magnitude;
        return true;
    }

    private static bool TryParseMagnitude(ReadOnlySpan<byte> word, out ulong magnitude)
    {
        bool hexadecimal = word.StartsWith("0x"u8) || word.StartsWith("0X"u8);
        if (hexadecimal)
        {
            return ulong.TryParse(word[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out magnitude);
        }

        return word[0] == (byte)'0' && word.Length > 1
            ? TryParseOctal(word, out magnitude)
            : ulong.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out magnitude);
    }

    private static bool TryParseOctal(ReadOnlySpan<byte> word, out ulong magnitude)
    {
        magnitude = 0;
        foreach (byte digit in word)
        {
            if (digit is < (byte)'0' or > (byte)'7' || magnitude > int.MaxValue)
            {
                return false;
            }

            magnitude = (8 * magnitude) + digit - '0';
        }

        return true;
    }
}
