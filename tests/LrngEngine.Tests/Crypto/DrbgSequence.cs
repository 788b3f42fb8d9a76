// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Buffers.Binary;
using System.Security.Cryptography;
using LrngEngine.Crypto;

namespace LrngEngine.Tests.Crypto;

/// <summary>A random sequence of calls, the same for the same number.</summary>
internal sealed record DrbgSequence(int Number, IReadOnlyList<DrbgCall> Calls)
{
    private const int MaxCalls = 8;

    // Lengths of LRNG's seed buffer (reference, 4.2) are among the shorter ones.
    private const int MaxEntropyBytes = 400;
    private const int MaxLongInputBytes = 5000;

    /// <summary>Makes the sequence of a number.</summary>
    /// <param name="number">Any number.</param>
    /// <param name="maxRequestBytes">Most bytes of one request.</param>
    public static DrbgSequence Create(int number, int maxRequestBytes)
    {
        byte[] key = SHA256.HashData(BitConverter.GetBytes(number));
        using Aes aes = Aes.Create();
        aes.Key = key;
        var draw = new Source(aes);
        List<DrbgCall> calls = [DrbgCall.Instantiate(draw.Bytes(32, MaxEntropyBytes), draw.Bytes(16, 64), draw.Optional())];
        int more = draw.Below(MaxCalls) + 1;
        while (calls.Count <= more)
        {
            calls.Add(draw.Below(4) == 0
                ? DrbgCall.Reseed(draw.Bytes(32, MaxEntropyBytes), draw.Optional())
                : DrbgCall.Generate(draw.Length(maxRequestBytes), draw.Optional()));
        }

        calls.Add(DrbgCall.Generate(64, []));
        return new DrbgSequence(number, calls);
    }

    /// <summary>Makes the sequence of a number for CTR_DRBG without a derivation function: every entropy input of that length, other
    /// inputs not longer, and no nonce.</summary>
    public static DrbgSequence CreateWithoutDerivation(int number, int seedBytes)
    {
        DrbgCall[] calls = [.. Create(number, Drbg.MaxRequestBytes).Calls.Select(call => call.Cut(seedBytes))];
        return new DrbgSequence(number, calls);
    }

    public override string ToString() => $"sequence {Number}: {string.Join("; ", Calls)}";

    // Numbers out of a key stream.
    private sealed class Source(Aes aes)
    {
        private const int BlockBytes = 16;
        private const int BlocksAtOnce = 64;

        private ulong _counter;
        private ReadOnlyMemory<byte> _unused;

        public int Below(int limit) => (int)(Word() % (uint)limit);

        /// <summary>1 to a power of two, each order of magnitude as often as the others, the ends among them.</summary>
        public int Length(int most)
        {
            int order = Below(int.Log2(most) + 1);
            return Math.Min(most, (1 << order) + Below(1 << order));
        }

        public byte[] Bytes(int least, int most)
        {
            byte[] bytes = new byte[least + Below(most - least + 1)];
            Fill(bytes);
            return bytes;
        }

        /// <summary>Nothing in half of the cases, rarely something long.</summary>
        public byte[] Optional() => Below(32) switch
        {
            < 16 => [],
            31 => Bytes(1, MaxLongInputBytes),
            _ => Bytes(1, 200),
        };

        private uint Word()
        {
            Span<byte> word = stackalloc byte[sizeof(uint)];
            Fill(word);
            return BinaryPrimitives.ReadUInt32LittleEndian(word);
        }

        private void Fill(Span<byte> bytes)
        {
            while (!bytes.IsEmpty)
            {
                if (_unused.IsEmpty)
                {
                    _unused = NextBlocks();
                }

                int taken = Math.Min(bytes.Length, _unused.Length);
                _unused.Span[..taken].CopyTo(bytes);
                _unused = _unused[taken..];
                bytes = bytes[taken..];
            }
        }

        private byte[] NextBlocks()
        {
            byte[] blocks = new byte[BlocksAtOnce * BlockBytes];
            for (int at = 0; at < blocks.Length; at += BlockBytes)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(blocks.AsSpan(at), _counter++);
            }

            return aes.EncryptEcb(blocks, PaddingMode.None);
        }
    }
}
