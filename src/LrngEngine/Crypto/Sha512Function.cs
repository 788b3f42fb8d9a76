// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Crypto;

/// <summary>SHA-512 in blocks (FIPS 180-4, 6.4).</summary>
internal readonly unsafe struct Sha512Function : IHashFunction
{
    public static int BlockBytes => Sha512Compression.BlockBytes;

    public static int DigestBytes => 512 / 8;

    public static int StateBytes => Sha512Compression.StateWords * sizeof(ulong);

    public static int ScratchBytes => Sha512Compression.ScratchWords * sizeof(ulong);

    public static byte FirstPadByte => Sha512Compression.FirstPadByte;

    public static int EndBytes => Sha512Compression.LengthBytes;

    // The fractional parts of the square roots of the first eight primes (FIPS 180-4, 5.3.5).
    private static ReadOnlySpan<ulong> InitialState =>
    [
        0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
        0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
    ];

    public static void Initialize(byte* state) => InitialState.CopyTo(new Span<ulong>(state, Sha512Compression.StateWords));

    public static void Compress(byte* state, byte* scratch, byte* blocks, int count) =>
        Sha512Compression.Compress((ulong*)state, (ulong*)scratch, blocks, count);

    public static void WriteEnd(byte* block, ulong messageBytes) => Sha512Compression.WriteLength(block, messageBytes);

    public static void WriteDigest(byte* state, byte* digest) => Sha512Compression.WriteDigest((ulong*)state, digest, DigestBytes);
}
