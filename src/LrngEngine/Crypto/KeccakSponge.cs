// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Buffers.Binary;
using System.Runtime.InteropServices;
using LrngEngine.Memory;

namespace LrngEngine.Crypto;

/// <summary>The sponge of SHA-3 (FIPS 202, 4 and 6.1) over a state of 200 bytes in the arena.</summary>
public abstract class KeccakSponge : ConditioningHash
{
    // The suffix 01 of the SHA-3 functions and the first bit of the padding 10*1; the last bit of it ends the last byte of the
    // rate (FIPS 202, 6.1 and B.2).
    private const byte SuffixAndFirstPadBit = 0x06;
    private const int SuffixAndFirstPadBits = 3;
    private const byte LastPadBit = 0x80;

    // Rate in bytes: what the capacity of two digests leaves of the state.
    private readonly int _rateBytes;

    // Bytes absorbed since the last permutation, always less than the rate.
    private int _absorbedBytes;

    private protected KeccakSponge(SecretArena arena, int digestBytes)
        : base(arena, Keccak1600.StateBytes)
    {
        DigestBytes = digestBytes;
        _rateBytes = Keccak1600.StateBytes - (2 * digestBytes);
    }

    /// <inheritdoc/>
    public override int DigestBytes { get; }

    private Span<ulong> State => MemoryMarshal.Cast<byte, ulong>(Memory);

    private protected override void InitializeCore() => _absorbedBytes = 0;

    private protected override void UpdateCore(ReadOnlySpan<byte> input)
    {
        Span<ulong> state = State;
        while (!input.IsEmpty)
        {
            int taken = Math.Min(input.Length, _rateBytes - _absorbedBytes);
            XorInto(state, _absorbedBytes, input[..taken]);
            input = input[taken..];
            _absorbedBytes += taken;
            if (_absorbedBytes == _rateBytes)
            {
                Keccak1600.Permute(state);
                _absorbedBytes = 0;
            }
        }
    }

    private protected override void FinishCore(Span<byte> digest, byte lastByte, int lastBits)
    {
        Span<ulong> state = State;

        // Up to ten bits: the last of the message, the suffix, the first of the padding. What does not fit the rate, were it only
        // the last bit of the padding, goes into a block of its own.
        int end = (lastByte & ((1 << lastBits) - 1)) | (SuffixAndFirstPadBit << lastBits);
        XorInto(state, _absorbedBytes, [(byte)end]);
        if (lastBits + SuffixAndFirstPadBits >= 8)
        {
            if (++_absorbedBytes == _rateBytes)
            {
                Keccak1600.Permute(state);
                _absorbedBytes = 0;
            }

            XorInto(state, _absorbedBytes, [(byte)(end >> 8)]);
        }

        XorInto(state, _rateBytes - 1, [LastPadBit]);
        Keccak1600.Permute(state);

        // A digest is shorter than the rate, so one squeeze is all.
        for (int at = 0; at < digest.Length; at += sizeof(ulong))
        {
            BinaryPrimitives.WriteUInt64LittleEndian(digest[at..], state[at / sizeof(ulong)]);
        }
    }

    // The state is a row of little-endian lanes: byte i stands in lane i / 8 (FIPS 202, 3.1.2 and B.1).
    private static void XorInto(Span<ulong> state, int at, ReadOnlySpan<byte> input)
    {
        while (!input.IsEmpty)
        {
            int shift = 8 * (at % sizeof(ulong));
            int taken = 1;
            if (shift == 0 && input.Length >= sizeof(ulong))
            {
                state[at / sizeof(ulong)] ^= BinaryPrimitives.ReadUInt64LittleEndian(input);
                taken = sizeof(ulong);
            }
            else
            {
                state[at / sizeof(ulong)] ^= (ulong)input[0] << shift;
            }

            input = input[taken..];
            at += taken;
        }
    }
}
