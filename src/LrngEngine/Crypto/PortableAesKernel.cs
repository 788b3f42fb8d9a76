// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace LrngEngine.Crypto;

/// <summary>AES on any CPU: four blocks at a time, bitsliced. The expanded key is the row of round keys in the form of
/// <see cref="AesBitslice"/>, each of them four times over.</summary>
internal sealed unsafe class PortableAesKernel : AesKernel
{
    private const int PassBytes = AesBitslice.Blocks * BlockBytes;

    public PortableAesKernel()
        : base("portable", vectorBits: 0)
    {
    }

    public override bool IsSupported => true;

    internal override int ExpandedKeyBytes => (Rounds + 1) * PassBytes;

    private protected override void ExpandKeyCore(byte* key, byte* expanded)
    {
        Span<uint> words = stackalloc uint[(Rounds + 1) * BlockBytes / sizeof(uint)];
        Span<byte> row = MemoryMarshal.AsBytes(words);
        new ReadOnlySpan<byte>(key, KeyBytes).CopyTo(row);
        ExpandWords(words);
        for (int round = 0; round <= Rounds; round++)
        {
            var pass = new Span<byte>(expanded + (round * PassBytes), PassBytes);
            for (int block = 0; block < AesBitslice.Blocks; block++)
            {
                row.Slice(round * BlockBytes, BlockBytes).CopyTo(pass[(block * BlockBytes)..]);
            }

            AesBitslice.Slice(MemoryMarshal.Cast<byte, ulong>(pass));
        }

        CryptographicOperations.ZeroMemory(row);
    }

    private protected override void EncryptCore(byte* expanded, byte* data, int blocks)
    {
        Span<ulong> planes = stackalloc ulong[AesBitslice.Planes];
        Span<byte> pass = MemoryMarshal.AsBytes(planes);
        var rest = new Span<byte>(data, blocks * BlockBytes);
        while (!rest.IsEmpty)
        {
            Span<byte> taken = rest[..Math.Min(PassBytes, rest.Length)];
            taken.CopyTo(pass);
            AesBitslice.Slice(planes);
            Encrypt(new ReadOnlySpan<ulong>(expanded, ExpandedKeyBytes / sizeof(ulong)), planes);
            AesBitslice.Unslice(planes);
            pass[..taken.Length].CopyTo(taken);
            rest = rest[taken.Length..];
        }

        CryptographicOperations.ZeroMemory(pass);
    }

    private protected override void CountCore(byte* expanded, ulong counterHigh, ulong counterLow, byte* output, int groups)
    {
        var counters = new Span<byte>(output, groups * GroupBytes);
        for (int at = 0; at < counters.Length; at += BlockBytes)
        {
            Add(ref counterHigh, ref counterLow, 1);
            BinaryPrimitives.WriteUInt64BigEndian(counters[at..], counterHigh);
            BinaryPrimitives.WriteUInt64BigEndian(counters[(at + sizeof(ulong))..], counterLow);
        }

        EncryptCore(expanded, output, groups * GroupBlocks);
    }

    // FIPS 197, 5.1.
    private static void Encrypt(ReadOnlySpan<ulong> roundKeys, Span<ulong> planes)
    {
        AddRoundKey(planes, roundKeys);
        for (int round = 1; round < Rounds; round++)
        {
            AesBitslice.SubBytes(planes);
            AesBitslice.ShiftRows(planes);
            AesBitslice.MixColumns(planes);
            AddRoundKey(planes, roundKeys[(round * AesBitslice.Planes)..]);
        }

        AesBitslice.SubBytes(planes);
        AesBitslice.ShiftRows(planes);
        AddRoundKey(planes, roundKeys[(Rounds * AesBitslice.Planes)..]);
    }

    private static void AddRoundKey(Span<ulong> planes, ReadOnlySpan<ulong> roundKey)
    {
        for (int plane = 0; plane < planes.Length; plane++)
        {
            planes[plane] ^= roundKey[plane];
        }
    }

    // w[i] = w[i-8] ^ SubWord(RotWord(w[i-1])) ^ Rcon[i/8] for i = 0 modulo 8, w[i-8] ^ SubWord(w[i-1]) for i = 4 modulo 8,
    // w[i-8] ^ w[i-1] otherwise (FIPS 197, 5.2). The words stand in memory as the bytes of the key do.
    private static void ExpandWords(Span<uint> words)
    {
        const int KeyWords = KeyBytes / sizeof(uint);
        byte constant = 1;
        for (int index = KeyWords; index < words.Length; index++)
        {
            uint word = words[index - 1];
            if (index % 4 == 0)
            {
                word = SubWord(word);
            }

            if (index % KeyWords == 0)
            {
                Span<byte> bytes = MemoryMarshal.AsBytes(new Span<uint>(ref word));
                (bytes[0], bytes[1], bytes[2], bytes[3]) = ((byte)(bytes[1] ^ constant), bytes[2], bytes[3], bytes[0]);
                constant <<= 1;
            }

            words[index] = words[index - KeyWords] ^ word;
        }

        Debug.Assert(constant == 1 << 7, "seven constants");
    }

    private static uint SubWord(uint word)
    {
        Span<ulong> planes = stackalloc ulong[AesBitslice.Planes];
        planes.Clear();
        Span<uint> first = MemoryMarshal.Cast<ulong, uint>(planes);
        first[0] = word;
        AesBitslice.Slice(planes);
        AesBitslice.SubBytes(planes);
        AesBitslice.Unslice(planes);
        word = first[0];
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(planes));
        return word;
    }
}
