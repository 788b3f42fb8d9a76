// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using FsCheck;
using FsCheck.Fluent;

namespace LrngEngine.Tests.Crypto;

/// <summary>What FsCheck draws for the properties of this room.</summary>
internal static class CryptoArbitraries
{
    private static readonly Gen<uint> s_word =
        Gen.Choose(0, 0xffff).Two().Select(halves => ((uint)halves.Item1 << 16) | (uint)halves.Item2);

    // Half of them so near the end of the range that a request of 5000 bytes (79 blocks) wraps them.
    private static readonly Gen<uint> s_wrapping = Gen.OneOf(s_word, Gen.Choose(0, 80).Select(before => uint.MaxValue - (uint)before));

    public static Arbitrary<DrngStart> Starts() =>
        (from key in s_word.ArrayOf(8)
         from counterAndNonce in s_wrapping.ArrayOf(4)
         select new DrngStart([0x61707865, 0x3320646e, 0x79622d32, 0x6b206574, .. key, .. counterAndNonce])).ToArbitrary();

    // More short ones than long ones, and all kinds of remainders.
    public static Arbitrary<RequestBytes> Requests() =>
        Gen.OneOf(Gen.Choose(0, 130), Gen.Choose(0, 5000)).Select(bytes => new RequestBytes(bytes)).ToArbitrary();

    public static Arbitrary<HashInput> HashInputs() =>
        (from bytes in Gen.Choose(0, 1000)
         from input in Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf(bytes)
         from pieces in Gen.Choose(0, 300).ArrayOf()
         select new HashInput(input, pieces)).ToArbitrary();
}
