// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.CompilerServices;

namespace LrngEngine.Crypto;

/// <summary>
/// The block function for as many blocks as a vector has elements: word i of the matrix of every block lies in vector i, so the
/// rounds need no shuffles, and one transposition at the end turns words of blocks into blocks of words.
/// </summary>
/// <remarks>Written once for all widths; the compiler makes straight-line code of each instantiation.</remarks>
internal sealed unsafe class VectorChaCha20Kernel<TVector, TOperations> : ChaCha20Kernel
    where TVector : struct
    where TOperations : struct, IChaCha20Vector<TVector>
{
    public VectorChaCha20Kernel()
        : base(TOperations.Name, TOperations.Blocks)
    {
    }

    public override bool IsSupported => TOperations.IsSupported;

    private protected override void GenerateGroupsCore(uint* state, byte* output, int groups)
    {
        // Always true; a build for a CPU without the instructions drops the emulation of the vectors below.
        if (TOperations.IsSupported)
        {
            uint counter = state[CounterWord];
            for (int group = 0; group < groups; group++)
            {
                GenerateGroup(state, counter, output);
                counter += (uint)TOperations.Blocks;
                output += TOperations.Blocks * BlockBytes;
            }
        }
    }

    // Longer than other methods by design: sixteen vectors have to stay in registers from the first round to the last store.
    private static void GenerateGroup(uint* state, uint counter, byte* output)
    {
        TVector x0 = TOperations.Broadcast(state[0]), x1 = TOperations.Broadcast(state[1]);
        TVector x2 = TOperations.Broadcast(state[2]), x3 = TOperations.Broadcast(state[3]);
        TVector x4 = TOperations.Broadcast(state[4]), x5 = TOperations.Broadcast(state[5]);
        TVector x6 = TOperations.Broadcast(state[6]), x7 = TOperations.Broadcast(state[7]);
        TVector x8 = TOperations.Broadcast(state[8]), x9 = TOperations.Broadcast(state[9]);
        TVector x10 = TOperations.Broadcast(state[10]), x11 = TOperations.Broadcast(state[11]);
        TVector x12 = TOperations.Counters(counter), x13 = TOperations.Broadcast(state[13]);
        TVector x14 = TOperations.Broadcast(state[14]), x15 = TOperations.Broadcast(state[15]);

        for (int doubleRound = 0; doubleRound < 10; doubleRound++)
        {
            QuarterRound(ref x0, ref x4, ref x8, ref x12);
            QuarterRound(ref x1, ref x5, ref x9, ref x13);
            QuarterRound(ref x2, ref x6, ref x10, ref x14);
            QuarterRound(ref x3, ref x7, ref x11, ref x15);
            QuarterRound(ref x0, ref x5, ref x10, ref x15);
            QuarterRound(ref x1, ref x6, ref x11, ref x12);
            QuarterRound(ref x2, ref x7, ref x8, ref x13);
            QuarterRound(ref x3, ref x4, ref x9, ref x14);
        }

        AddWords(state, ref x0, ref x1, ref x2, ref x3);
        AddWords(state + 4, ref x4, ref x5, ref x6, ref x7);
        AddWords(state + 8, ref x8, ref x9, ref x10, ref x11);
        x12 = TOperations.Add(x12, TOperations.Counters(counter));
        x13 = TOperations.Add(x13, TOperations.Broadcast(state[13]));
        x14 = TOperations.Add(x14, TOperations.Broadcast(state[14]));
        x15 = TOperations.Add(x15, TOperations.Broadcast(state[15]));

        TOperations.TransposeLanes(ref x0, ref x1, ref x2, ref x3);
        TOperations.TransposeLanes(ref x4, ref x5, ref x6, ref x7);
        TOperations.TransposeLanes(ref x8, ref x9, ref x10, ref x11);
        TOperations.TransposeLanes(ref x12, ref x13, ref x14, ref x15);
        TOperations.StoreLanes(output, x0, x4, x8, x12);
        TOperations.StoreLanes(output + BlockBytes, x1, x5, x9, x13);
        TOperations.StoreLanes(output + (2 * BlockBytes), x2, x6, x10, x14);
        TOperations.StoreLanes(output + (3 * BlockBytes), x3, x7, x11, x15);
    }

    // RFC 8439, 2.1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void QuarterRound(ref TVector a, ref TVector b, ref TVector c, ref TVector d)
    {
        a = TOperations.Add(a, b);
        d = TOperations.RotateLeft(TOperations.Xor(d, a), 16);
        c = TOperations.Add(c, d);
        b = TOperations.RotateLeft(TOperations.Xor(b, c), 12);
        a = TOperations.Add(a, b);
        d = TOperations.RotateLeft(TOperations.Xor(d, a), 8);
        c = TOperations.Add(c, d);
        b = TOperations.RotateLeft(TOperations.Xor(b, c), 7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddWords(uint* words, ref TVector a, ref TVector b, ref TVector c, ref TVector d)
    {
        a = TOperations.Add(a, TOperations.Broadcast(words[0]));
        b = TOperations.Add(b, TOperations.Broadcast(words[1]));
        c = TOperations.Add(c, TOperations.Broadcast(words[2]));
        d = TOperations.Add(d, TOperations.Broadcast(words[3]));
    }
}
