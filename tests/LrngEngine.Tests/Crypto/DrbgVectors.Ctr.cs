// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Tests.Crypto;

/// <summary>CTR_DRBG with AES-256 and the derivation function.</summary>
internal static partial class DrbgVectors
{
    private const int CtrInput = 48;

    // NIST, "Examples with Intermediate Values", CTR_DRBG.
    private static IEnumerable<DrbgVector> CtrExamples =>
    [
        new(
            "ctr-aes256",
            "NIST example, personalization and additional input",
            DrbgCall.Instantiate(Run(0, CtrInput), Run(0x20, 16), Run(0x40, CtrInput)),
            DrbgCall.Generate(Run(0x60, CtrInput), "47111e146562e9aa2fb2a1b095d37a8165af8fc7ca611d632be7d4c145c83900"),
            DrbgCall.Generate(Run(0xa0, CtrInput), "98a28e3b1ba363c9daf0f6887a1cf52b833d3354d77a7c10837dd63dd2e645f8")),
        new(
            "ctr-aes256",
            "NIST example, prediction resistance, additional input",
            DrbgCall.Instantiate(Run(0, CtrInput), Run(0x20, 16), []),
            DrbgCall.Reseed(Run(0x80, CtrInput), Run(0x60, CtrInput)),
            DrbgCall.Generate([], "71bb3f9c9ceaf4e6c92a83eb4c7225010ee150ac75e23f5f77ad5073ef24d88a"),
            DrbgCall.Reseed(Run(0xc0, CtrInput), Run(0xa0, CtrInput)),
            DrbgCall.Generate([], "386debbbf091bbf0502957b0329938fb836b82e594a2f5fdd5eb28d4e35528f4")),
        new(
            "ctr-aes256",
            "NIST example, prediction resistance, personalization",
            DrbgCall.Instantiate(Run(0, CtrInput), Run(0x20, 16), Run(0x40, CtrInput)),
            DrbgCall.Reseed(Run(0x80, CtrInput), []),
            DrbgCall.Generate([], "1a2e3fee9056e98d375525fdc2b63b95b47ce51fcf594d804bd5a17f2e01139b"),
            DrbgCall.Reseed(Run(0xc0, CtrInput), []),
            DrbgCall.Generate([], "601f95384f0d85946301d1eace8f645a825ce38f1e2565b0c0c439448e9ca8ac")),
        new(
            "ctr-aes256",
            "NIST example, prediction resistance, personalization and additional input",
            DrbgCall.Instantiate(Run(0, CtrInput), Run(0x20, 16), Run(0x40, CtrInput)),
            DrbgCall.Reseed(Run(0x80, CtrInput), Run(0x60, CtrInput)),
            DrbgCall.Generate([], "eae6bce781807e524d26605ea198077932d01eeb445b9ac6c5d99c101d29f46e"),
            DrbgCall.Reseed(Run(0xc0, CtrInput), Run(0xa0, CtrInput)),
            DrbgCall.Generate([], "738e99c95af59519aad37ff3d5180986adebab6e95836725097e50a8d1d0bd28")),
    ];
}
