// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Tests.Crypto;

/// <summary>Hash_DRBG.</summary>
internal static partial class DrbgVectors
{
    // NIST, "Examples with Intermediate Values", Hash_DRBG with SHA-512.
    private static IEnumerable<DrbgVector> HashExamples =>
    [
        new(
            "hash-sha512",
            "NIST example, prediction resistance, additional input",
            DrbgCall.Instantiate(Run(0, HashInputBytes), Run(0x20, 16), []),
            DrbgCall.Reseed(Run(0x80, HashInputBytes), Run(0x60, HashInputBytes)),
            DrbgCall.Generate(
                [],
                "0455dd4ad7dbacb2410be58df7248d765a4547abaee1743b0bcad37ebd06da7cf7ce5e2216e525327e9e2005ebef2ce5"
                + "3bd733b18128627d3fd6153089373af2606a1584646a0ea488bfef45228699a089cea8aec44502d86d9591f3552c688b"
                + "7f7b45fcb0c3c2b943c1cd8a6fc63df4d81c3da543c9cf2843855ea84e4f959c"),
            DrbgCall.Reseed(Run(0xc0, HashInputBytes), Run(0xa0, HashInputBytes)),
            DrbgCall.Generate(
                [],
                "c047d46d7f614e4e4a7952c79a451f8f7aca379967e2977c401c626a2ed70d74a63660579a354115bc8c8c8cc3aea305"
                + "0686a0cfcdb6fa9cf78d4c2165baf851c6f9b1cd16a2e14c15c6daac56c16e75fc84a14d58b41622e88b0f1b1995587f"
                + "d8baa999cba980254c8ab9a9691df7b84d88b639a9a3106deabeb63748b99c09")),
        new(
            "hash-sha512",
            "NIST example, prediction resistance, personalization",
            DrbgCall.Instantiate(Run(0, HashInputBytes), Run(0x20, 16), Run(0x40, HashInputBytes)),
            DrbgCall.Reseed(Run(0x80, HashInputBytes), []),
            DrbgCall.Generate(
                [],
                "22eb93a67911da7385d9180c78127de1a04ff713114c07c9c615f7cc5ef72744a2ddcd7c3cb85e65ded8ef5f240fbdcb"
                + "ebbde2baac8ecf7dcbc8ac333e54607ad41dc495d83df72a05ef55b127c1441c9a0effda2c7954db6c2d04342eb812e5"
                + "e0b11d6c395f41eda2702ece5ba479e2dfa18f953097492636c12fe30ce5c968"),
            DrbgCall.Reseed(Run(0xc0, HashInputBytes), []),
            DrbgCall.Generate(
                [],
                "e66698cfbf1b3f2e919c03036e584eaa81cf1c6666240af05f70637043733954d8a1e5a66a04c53c6900fdc145d4a3a8"
                + "0a31f5868ace9ac94e14e2051f624a05eea1f8b684aa5410bce315e76ea07c715d6f34731320ff0dcf78d795e6efa2df"
                + "92b98be636cdfba29008dd392112aec202f2e481cb9d83f987fea69cd1b368bb")),
        new(
            "hash-sha512",
            "NIST example, prediction resistance, personalization and additional input",
            DrbgCall.Instantiate(Run(0, HashInputBytes), Run(0x20, 16), Run(0x40, HashInputBytes)),
            DrbgCall.Reseed(Run(0x80, HashInputBytes), Run(0x60, HashInputBytes)),
            DrbgCall.Generate(
                [],
                "7596a76372308bd5a5613439934678b35521a94d81abfe63a21acf61abb88b61e86a12c37f308f2bbbe32be4b38d03ae"
                + "808386494d70ef52e9e1365dd18b7784cab826f31d47579e4d57f69d8bf3152b95741946cebe58571df58ed39980d9af"
                + "44e69f01e89897598e40171101a0e3302838e0ad9e849c01988993cf9f6e5263"),
            DrbgCall.Reseed(Run(0xc0, HashInputBytes), Run(0xa0, HashInputBytes)),
            DrbgCall.Generate(
                [],
                "dbe5ee36fcd85301303e1c3617c1ac5e23c08885d0befaad0c85a0d89f85b9f16ece3d88a24eb96504f2f13efa704962"
                + "1782f5de2c416a0d294ccfe53545c4e309c48e1e285a2b829a574b72b3c2fbe134d01e3706b486f2401b9820e17298a3"
                + "42666918e15b846287f8c5af2d96b20faf3d0bb392e15f4a06cdb0decd1b6ad7")),
    ];
}
