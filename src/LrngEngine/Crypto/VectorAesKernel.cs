// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LrngEngine.Crypto;

/// <summary>AES by the instructions of the CPU. The expanded key is the row of round keys.</summary>
internal sealed unsafe class VectorAesKernel<TInstructions> : AesKernel
    where TInstructions : struct, IAesInstructions
{
    public VectorAesKernel()
        : base(TInstructions.Name, 8 * BlockBytes)
    {
    }

    public override bool IsSupported => TInstructions.IsSupported;

    internal override int ExpandedKeyBytes => (Rounds + 1) * BlockBytes;

    // The last word of a round key in every word, as it is and rotated by one byte (RotWord; FIPS 197, 5.2).
    private static Vector128<byte> LastWord
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.Create((byte)12, 13, 14, 15, 12, 13, 14, 15, 12, 13, 14, 15, 12, 13, 14, 15);
    }

    private static Vector128<byte> LastWordRotated
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.Create((byte)13, 14, 15, 12, 13, 14, 15, 12, 13, 14, 15, 12, 13, 14, 15, 12);
    }

    private static Vector128<byte> Reversed
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.Create((byte)15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
    }

    // w[i] = w[i-8] ^ SubWord(RotWord(w[i-1])) ^ Rcon[i/8] for i = 0 modulo 8, w[i-8] ^ SubWord(w[i-1]) for i = 4 modulo 8,
    // w[i-8] ^ w[i-1] otherwise (FIPS 197, 5.2). The last round does nothing but SubBytes to four equal words.
    private protected override void ExpandKeyCore(byte* key, byte* expanded)
    {
        if (!TInstructions.IsSupported)
        {
            return;
        }

        Vector128<byte> even = Vector128.Load(key), odd = Vector128.Load(key + BlockBytes);
        even.Store(expanded);
        odd.Store(expanded + BlockBytes);
        uint constant = 1;
        for (int round = 2; round < Rounds; round += 2)
        {
            Vector128<byte> rotated = Vector128.ShuffleNative(odd, LastWordRotated);
            even = Sums(even) ^ TInstructions.LastRound(rotated, Vector128.Create(constant).AsByte());
            even.Store(expanded + (round * BlockBytes));
            constant <<= 1;

            odd = Sums(odd) ^ TInstructions.LastRound(Vector128.ShuffleNative(even, LastWord), Vector128<byte>.Zero);
            odd.Store(expanded + ((round + 1) * BlockBytes));
        }

        Vector128<byte> last = Vector128.ShuffleNative(odd, LastWordRotated);
        even = Sums(even) ^ TInstructions.LastRound(last, Vector128.Create(constant).AsByte());
        even.Store(expanded + (Rounds * BlockBytes));
    }

    private protected override void EncryptCore(byte* expanded, byte* data, int blocks)
    {
        if (!TInstructions.IsSupported)
        {
            return;
        }

        for (; blocks > 0; blocks--)
        {
            Vector128<byte> block = Vector128.Load(data) ^ Vector128.Load(expanded);
            for (int round = 1; round < Rounds; round++)
            {
                block = TInstructions.Round(block, Vector128.Load(expanded + (round * BlockBytes)));
            }

            TInstructions.LastRound(block, Vector128.Load(expanded + (Rounds * BlockBytes))).Store(data);
            data += BlockBytes;
        }
    }

    private protected override void CountCore(byte* expanded, ulong counterHigh, ulong counterLow, byte* output, int groups)
    {
        // Always true; a build for a CPU without the instructions drops what follows.
        if (TInstructions.IsSupported)
        {
            for (; groups > 0; groups--)
            {
                CountGroup(expanded, counterHigh, counterLow, output);
                Add(ref counterHigh, ref counterLow, GroupBlocks);
                output += GroupBytes;
            }
        }
    }

    // Eight blocks: enough to fill two pipelines of AES units with a latency of four cycles.
    private static void CountGroup(byte* expanded, ulong high, ulong low, byte* output)
    {
        Vector128<byte> key = Vector128.Load(expanded);
        Vector128<byte> b0 = Counter(high, low, 1) ^ key, b1 = Counter(high, low, 2) ^ key;
        Vector128<byte> b2 = Counter(high, low, 3) ^ key, b3 = Counter(high, low, 4) ^ key;
        Vector128<byte> b4 = Counter(high, low, 5) ^ key, b5 = Counter(high, low, 6) ^ key;
        Vector128<byte> b6 = Counter(high, low, 7) ^ key, b7 = Counter(high, low, 8) ^ key;
        for (int round = 1; round < Rounds; round++)
        {
            key = Vector128.Load(expanded + (round * BlockBytes));
            b0 = TInstructions.Round(b0, key);
            b1 = TInstructions.Round(b1, key);
            b2 = TInstructions.Round(b2, key);
            b3 = TInstructions.Round(b3, key);
            b4 = TInstructions.Round(b4, key);
            b5 = TInstructions.Round(b5, key);
            b6 = TInstructions.Round(b6, key);
            b7 = TInstructions.Round(b7, key);
        }

        key = Vector128.Load(expanded + (Rounds * BlockBytes));
        TInstructions.LastRound(b0, key).Store(output);
        TInstructions.LastRound(b1, key).Store(output + BlockBytes);
        TInstructions.LastRound(b2, key).Store(output + (2 * BlockBytes));
        TInstructions.LastRound(b3, key).Store(output + (3 * BlockBytes));
        TInstructions.LastRound(b4, key).Store(output + (4 * BlockBytes));
        TInstructions.LastRound(b5, key).Store(output + (5 * BlockBytes));
        TInstructions.LastRound(b6, key).Store(output + (6 * BlockBytes));
        TInstructions.LastRound(b7, key).Store(output + (7 * BlockBytes));
    }

    // The counter plus a small number, big-endian.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Counter(ulong high, ulong low, ulong addend)
    {
        // As in Add: the sum carries if the top bit of the lower half goes from one to zero.
        ulong sum = low + addend;
        return Vector128.ShuffleNative(Vector128.Create(sum, high + ((low & ~sum) >> 63)).AsByte(), Reversed);
    }

    // Each word plus all words before it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Sums(Vector128<byte> words)
    {
        Vector128<byte> up4 = Vector128.Create((byte)0xff, 0xff, 0xff, 0xff, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        Vector128<byte> up8 = Vector128.Create((byte)0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 1, 2, 3, 4, 5, 6, 7);
        words ^= Vector128.Shuffle(words, up4);
        return words ^ Vector128.Shuffle(words, up8);
    }
}
