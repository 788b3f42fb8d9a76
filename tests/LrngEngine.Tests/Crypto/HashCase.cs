// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Security.Cryptography;
using LrngEngine.Crypto;
using LrngEngine.Memory;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;

namespace LrngEngine.Tests.Crypto;

/// <summary>One hash of the engine, its vectors and those who know the right answer.</summary>
/// <param name="Name">The name that it has to have.</param>
/// <param name="Create">Makes an instance of the engine's.</param>
/// <param name="Platform">The platform's own, null where its library lacks it.</param>
/// <param name="BouncyCastle">Makes an instance of BouncyCastle's.</param>
/// <param name="OfNothing">Digest of no input, in hex (NIST's example values).</param>
/// <param name="OfAbc">Digest of "abc", in hex (FIPS 180-4 and FIPS 202 example values).</param>
/// <param name="OfLastBits">Digest of a few bits (NIST, SHAVS, bit-oriented short messages); null where BouncyCastle hashes bits.</param>
internal sealed record HashCase(
    string Name,
    Func<SecretArena, ConditioningHash> Create,
    Func<byte[], byte[]>? Platform,
    Func<IDigest> BouncyCastle,
    string OfNothing,
    string OfAbc,
    (byte LastByte, int Bits, string Digest)? OfLastBits)
{
    public static IEnumerable<HashCase> All =>
    [
        new(
            "SHA-256",
            arena => new Sha256Hash(arena),
            SHA256.HashData,
            () => new Sha256Digest(),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            (0x68, 5, "d6d3e02a31a84a8caa9718ed6c2057be09db45e7823eb5079ce7a573a3760f95")),
        new(
            "SHA-384",
            arena => new Sha384Hash(arena),
            SHA384.HashData,
            () => new Sha384Digest(),
            "38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc7bf63f6e1da"
            + "274edebfe76f65fbd51ad2f14898b95b",
            "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
            + "8086072ba1e7cc2358baeca134c825a7",
            (0x10, 5, "8d17be79e32b6718e07d8a603eb84ba0478f7fcfd1bb93995f7d1149e09143ac"
                + "1ffcfc56820e469f3878d957a15a3fe4")),
        new(
            "SHA-512",
            arena => new Sha512Hash(arena),
            SHA512.HashData,
            () => new Sha512Digest(),
            "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
            + "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e",
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
            + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
            (0xb0, 5, "d4ee29a9e90985446b913cf1d1376c836f4be2c1cf3cada0720a6bf4857d886a"
                + "7ecb3c4e4c0fa8c7f95214e41dc1b0d21b22a84cc03bf8ce4845f34dd5bdbad4")),
        new(
            "SHA3-256",
            arena => new Sha3_256(arena),
            SHA3_256.IsSupported ? SHA3_256.HashData : null,
            () => new Sha3Digest(256),
            "a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a",
            "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532",
            null),
        new(
            "SHA3-512",
            arena => new Sha3_512(arena),
            SHA3_512.IsSupported ? SHA3_512.HashData : null,
            () => new Sha3Digest(512),
            "a69f73cca23a9ac5c8b567dc185a756e97c982164fe25859e0d1dcc1475c80a6"
            + "15b2123af1f5f94c11e3e9402c3ac558f500199d95b6d3e301758586281dcd26",
            "b751850b1a57168a5693cd924b6b096e08f621827444f70d884f5d0240d2712e"
            + "10e116e9192af3c91a7ec57647e3934057340b4cf408d5a56592f8274eec53f0",
            null),
    ];
}
