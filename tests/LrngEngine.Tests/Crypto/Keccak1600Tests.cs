// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.InteropServices;
using LrngEngine.Crypto;

namespace LrngEngine.Tests.Crypto;

[TestFixture]
internal sealed class Keccak1600Tests
{
    // KeccakF-1600-IntermediateValues.txt of the Keccak team: the permutation of zeros.
    private const string Once =
        "e7dde140798f25f18a47c033f9ccd584eea95aa61e2698d54d49806f304715bd57d05362054e288bd46f8e7f2da497ffc44746a4a0e5fe90762e19d60cda5b8c"
        + "9c05191bf7a630ad64fc8fd0b75a933035d617233fa95aeb0321710d26e6a6a95f55cfdb167ca58126c84703cd31b8439f56a5111a2ff20161aed9215a63e505"
        + "f270c98cf2febe641166c47b95703661cb0ed04f555a7cb8c832cf1c8ae83e8c14263aae22790c94e409c5a224f94118c26504e72635f5163ba1307fe944f675"
        + "49a2ec5c7bfff1ea";

    [Test]
    public void Permutation_of_zeros() => KnownAnswer.Check(Permuted, new byte[200], Once);

    private static byte[] Permuted(byte[] state)
    {
        byte[] permuted = [.. state];
        Keccak1600.Permute(MemoryMarshal.Cast<byte, ulong>(permuted.AsSpan()));
        return permuted;
    }
}
