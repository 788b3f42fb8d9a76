// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Crypto;

/// <summary>SHA-384 in blocks (FIPS 180-4, 6.5).</summary>
internal readonly unsafe struct Sha384Function : IHashFunction
{
    public static int BlockBytes => Sha512Compression.BlockBytes;

    public static int DigestBytes => 384 / 8;

    public static int StateBytes => Sha512Compression.StateWords * sizeof(ulong);

    public static int ScratchBytes => Sha512Compression.ScratchWords * sizeof(ulong);

    public static byte FirstPadByte => Sha512Compression.FirstPadByte;

    public static int EndBytes => Sha512Compression.LengthBytes;

    // The fractional parts of the square roots of the ninth to sixteenth primes (FIPS 180-4, 5.3.4).
    private static ReadOnlySpan<ulong> InitialState =>
    [
        0xcbbb9d5dc1059ed8, 0x629a292a367cd507, 0x9159015a3070dd17, 0x152fecd8f70e5939,
        0x67332667ffc00b31, 0x8eb44a8768581511, 0xdb0c2e0d64f98fa7, 0x47b5481dbefa4fa4,
    ];

    public static void Initialize(byte* state) => InitialState.CopyTo(new Span<ulong>(state, Sha512Compression.StateWords));

    public static void Compress(byte* state, byte* scratch, byte* blocks, int count) =>
        Sha512Compression.Compress((ulong*)state, (ulong*)scratch, blocks, count);

    public static void WriteEnd(byte* block, ulong messageBytes) => Sha512Compression.WriteLength(block, messageBytes);

    public static void WriteDigest(byte* state, byte* digest) => Sha512Compression.WriteDigest((ulong*)state, digest, DigestBytes);
}
