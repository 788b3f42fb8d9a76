// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.InteropServices;
using LrngEngine.Crypto;
using LrngEngine.Memory;

namespace LrngEngine.Tests.Crypto;

/// <summary>One DRBG of the engine with one kernel.</summary>
/// <param name="Drbg">Name in the list of DRNGs.</param>
/// <param name="Kernel">Name of the kernel, empty where there is no choice.</param>
/// <param name="Supported">Whether the CPU runs the kernel.</param>
/// <param name="Create">Makes an instance with a given reseed interval.</param>
internal sealed record DrbgCase(string Drbg, string Kernel, bool Supported, Func<SecretArena, ulong, Drbg> Create)
{
    /// <summary>Every DRBG with every kernel for this architecture.</summary>
    public static IEnumerable<DrbgCase> All =>
    [
        .. AesKernels.Known.Where(IsOfThisArchitecture).Select(kernel =>
            new DrbgCase("ctr-aes256", kernel.Name, kernel.IsSupported, (arena, interval) => new CtrDrbg(arena, kernel, interval))),
        .. HashgenKernels.Sha256.Known.Select(kernel =>
            new DrbgCase("hash-sha256", kernel.Name, kernel.IsSupported, (arena, interval) =>
                new HashDrbg<Sha256Function>(arena, "sha256", kernel, interval))),
        .. HashgenKernels.Sha512.Known.Select(kernel =>
            new DrbgCase("hash-sha384", kernel.Name, kernel.IsSupported, (arena, interval) =>
                new HashDrbg<Sha384Function>(arena, "sha384", kernel, interval))),
        .. HashgenKernels.Sha512.Known.Select(kernel =>
            new DrbgCase("hash-sha512", kernel.Name, kernel.IsSupported, (arena, interval) =>
                new HashDrbg<Sha512Function>(arena, "sha512", kernel, interval))),
        .. HashgenKernels.Sha3.Known.Select(kernel =>
            new DrbgCase("hash-sha3-512", kernel.Name, kernel.IsSupported, (arena, interval) =>
                new HashDrbg<Sha3_512Function>(arena, "sha3-512", kernel, interval))),
        new("hmac-sha256", "", true, (arena, interval) => new HmacDrbg<Sha256Function>(arena, "sha256", interval)),
        new("hmac-sha384", "", true, (arena, interval) => new HmacDrbg<Sha384Function>(arena, "sha384", interval)),
        new("hmac-sha512", "", true, (arena, interval) => new HmacDrbg<Sha512Function>(arena, "sha512", interval)),
        new("hmac-sha3-512", "", true, (arena, interval) => new HmacDrbg<Sha3_512Function>(arena, "sha3-512", interval)),
    ];

    /// <summary>Makes an instance or skips the test where the CPU lacks the instructions.</summary>
    public Drbg Require(SecretArena arena, ulong reseedInterval = LrngEngine.Crypto.Drbg.MaxReseedInterval)
    {
        if (!Supported)
        {
            Assert.Ignore($"kernel {Kernel}: this CPU or run lacks the instructions");
        }

        return Create(arena, reseedInterval);
    }

    public override string ToString() => Kernel.Length > 0 ? $"{Drbg} {Kernel}" : Drbg;

    private static bool IsOfThisArchitecture(AesKernel kernel) =>
        kernel.Name != (RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "aesni" : "armv8");
}
