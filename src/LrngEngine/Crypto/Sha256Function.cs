// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Crypto;

/// <summary>SHA-256 in blocks (FIPS 180-4, 6.2).</summary>
internal readonly unsafe struct Sha256Function : IHashFunction
{
    public static int BlockBytes => Sha256Compression.BlockBytes;

    public static int DigestBytes => 256 / 8;

    public static int StateBytes => Sha256Compression.StateWords * sizeof(uint);

    public static int ScratchBytes => Sha256Compression.ScratchWords * sizeof(uint);

    public static byte FirstPadByte => Sha256Compression.FirstPadByte;

    public static int EndBytes => Sha256Compression.LengthBytes;

    // The fractional parts of the square roots of the first eight primes (FIPS 180-4, 5.3.3).
    private static ReadOnlySpan<uint> InitialState =>
    [
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
    ];

    public static void Initialize(byte* state) => InitialState.CopyTo(new Span<uint>(state, Sha256Compression.StateWords));

    public static void Compress(byte* state, byte* scratch, byte* blocks, int count) =>
        Sha256Compression.Compress((uint*)state, (uint*)scratch, blocks, count);

    public static void WriteEnd(byte* block, ulong messageBytes) => Sha256Compression.WriteLength(block, messageBytes);

    public static void WriteDigest(byte* state, byte* digest) => Sha256Compression.WriteDigest((uint*)state, digest);
}
