// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.CompilerServices;

namespace LrngEngine.Crypto;

/// <summary>SHA-256 of as many integers as a vector has elements: word i of every message lies in vector i.</summary>
/// <remarks>Written once for all widths; the compiler makes straight-line code of each instantiation. The message schedule stays in
/// memory, so that the eight variables of the rounds stay in registers.</remarks>
internal sealed unsafe class Sha256HashgenKernel<TVector, TOperations> : HashgenKernel
    where TVector : unmanaged
    where TOperations : struct, IHashVector<TVector, uint>
{
    private const int ScheduleWords = Sha256Compression.ScratchWords;

    // seedlen of SHA-256 (SP 800-90A, table 2).
    private const int IntegerBytes = 440 / 8;

    public Sha256HashgenKernel()
        : base(
            TOperations.Name,
            TOperations.Bits,
            TOperations.Lanes,
            Sha256Compression.BlockBytes,
            ScheduleWords * TOperations.Bits / 8)
    {
    }

    public override bool IsSupported => TOperations.IsSupported;

    private protected override void GenerateCore(byte* message, byte* initial, byte* scratch, byte* output, int digestBytes)
    {
        // Always true; a build for a CPU without the instructions drops the emulation of the vectors below.
        if (TOperations.IsSupported)
        {
            TVector* words = (TVector*)scratch;
            HashgenLanes<TVector, uint, TOperations>.SetMessages(message, ScheduleWords, IntegerBytes, words);
            fixed (uint* constants = Sha256Compression.RoundConstants)
            {
                Compress((uint*)initial, words, constants);
            }

            HashgenLanes<TVector, uint, TOperations>.ReverseBytes(words, Sha256Compression.StateWords);
            HashgenLanes<TVector, uint, TOperations>.WriteDigests(words, output, digestBytes);
        }
    }

    // FIPS 180-4, 6.2.2, in groups of eight rounds, which bring every variable back to its own name. The chaining values replace the
    // first eight words of the schedule.
    private static void Compress(uint* initial, TVector* w, uint* k)
    {
        TVector a = TOperations.Broadcast(initial[0]), b = TOperations.Broadcast(initial[1]);
        TVector c = TOperations.Broadcast(initial[2]), d = TOperations.Broadcast(initial[3]);
        TVector e = TOperations.Broadcast(initial[4]), f = TOperations.Broadcast(initial[5]);
        TVector g = TOperations.Broadcast(initial[6]), h = TOperations.Broadcast(initial[7]);
        for (int t = 0; t < Sha256Compression.Rounds; t += 8)
        {
            // The eight words of these rounds, and the other eight of the schedule.
            TVector* now = w + (t % ScheduleWords);
            if (t >= ScheduleWords)
            {
                Schedule(now, w + ((t + 8) % ScheduleWords));
            }

            Round(a, b, c, ref d, e, f, g, ref h, now[0], k[t]);
            Round(h, a, b, ref c, d, e, f, ref g, now[1], k[t + 1]);
            Round(g, h, a, ref b, c, d, e, ref f, now[2], k[t + 2]);
            Round(f, g, h, ref a, b, c, d, ref e, now[3], k[t + 3]);
            Round(e, f, g, ref h, a, b, c, ref d, now[4], k[t + 4]);
            Round(d, e, f, ref g, h, a, b, ref c, now[5], k[t + 5]);
            Round(c, d, e, ref f, g, h, a, ref b, now[6], k[t + 6]);
            Round(b, c, d, ref e, f, g, h, ref a, now[7], k[t + 7]);
        }

        w[0] = TOperations.Add(a, TOperations.Broadcast(initial[0]));
        w[1] = TOperations.Add(b, TOperations.Broadcast(initial[1]));
        w[2] = TOperations.Add(c, TOperations.Broadcast(initial[2]));
        w[3] = TOperations.Add(d, TOperations.Broadcast(initial[3]));
        w[4] = TOperations.Add(e, TOperations.Broadcast(initial[4]));
        w[5] = TOperations.Add(f, TOperations.Broadcast(initial[5]));
        w[6] = TOperations.Add(g, TOperations.Broadcast(initial[6]));
        w[7] = TOperations.Add(h, TOperations.Broadcast(initial[7]));
    }

    // W(t) = s1(W(t-2)) + W(t-7) + s0(W(t-15)) + W(t-16) for eight t. now: W(t-16) to W(t-9), other: W(t-8) to W(t-1).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Schedule(TVector* now, TVector* other)
    {
        now[0] = Next(now[0], now[1], other[1], other[6]);
        now[1] = Next(now[1], now[2], other[2], other[7]);
        now[2] = Next(now[2], now[3], other[3], now[0]);
        now[3] = Next(now[3], now[4], other[4], now[1]);
        now[4] = Next(now[4], now[5], other[5], now[2]);
        now[5] = Next(now[5], now[6], other[6], now[3]);
        now[6] = Next(now[6], now[7], other[7], now[4]);
        now[7] = Next(now[7], other[0], now[0], now[5]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Next(TVector w16, TVector w15, TVector w7, TVector w2)
    {
        TVector s0 = TOperations.Xor(TOperations.RotateRight(w15, 7), TOperations.RotateRight(w15, 18), TOperations.ShiftRight(w15, 3));
        TVector s1 = TOperations.Xor(TOperations.RotateRight(w2, 17), TOperations.RotateRight(w2, 19), TOperations.ShiftRight(w2, 10));
        return TOperations.Add(TOperations.Add(w16, s0), TOperations.Add(w7, s1));
    }

    // T1 = h + S1(e) + Ch(e, f, g) + K(t) + W(t); T2 = S0(a) + Maj(a, b, c); d += T1; h = T1 + T2.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(
        TVector a, TVector b, TVector c, ref TVector d, TVector e, TVector f, TVector g, ref TVector h, TVector w, uint k)
    {
        h = TOperations.Add(h, TOperations.Add(w, TOperations.Broadcast(k)));
        h = TOperations.Add(h, TOperations.Choose(e, f, g));
        h = TOperations.Add(
            h, TOperations.Xor(TOperations.RotateRight(e, 6), TOperations.RotateRight(e, 11), TOperations.RotateRight(e, 25)));
        d = TOperations.Add(d, h);
        h = TOperations.Add(h, TOperations.Majority(a, b, c));
        h = TOperations.Add(
            h, TOperations.Xor(TOperations.RotateRight(a, 2), TOperations.RotateRight(a, 13), TOperations.RotateRight(a, 22)));
    }
}
