// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Acvp;

/// <summary>A message of any number of bits: whole bytes, then bits from the most significant one of the last byte on.</summary>
/// <remarks>The sets of NIST's server have it so for SHA-3 as well, where the draft shows a single one bit as "01".</remarks>
/// <param name="Bytes">The bits, zeros behind them.</param>
/// <param name="Bits">How many there are.</param>
internal sealed record BitString(byte[] Bytes, long Bits)
{
    /// <summary>Reads hex and its length in bits.</summary>
    /// <exception cref="CommandException">The two do not agree.</exception>
    internal static BitString Read(PromptObject owner, string hexField, string lengthField, long least, long most)
    {
        long bits = owner.Integer(lengthField, least, most);
        byte[] bytes = owner.Hex(hexField);

        // A message of no bits is written as one zero byte, too.
        if (bits == 0 && bytes is [0])
        {
            return new BitString([], 0);
        }

        if (bytes.Length != (bits + 7) / 8)
        {
            throw owner.Error(hexField, $"has {bytes.Length} bytes", $"{(bits + 7) / 8} bytes, as {lengthField} {bits} says");
        }

        int rest = (int)(bits % 8);
        return rest == 0 || (bytes[^1] & (0xff >> rest)) == 0
            ? new BitString(bytes, bits)
            : throw owner.Error(
                hexField, $"has ones beyond its {bits} bits", "the last bits from the most significant one of the last byte on, then zeros");
    }
}
