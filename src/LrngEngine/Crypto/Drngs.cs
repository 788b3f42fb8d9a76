// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics.CodeAnalysis;
using LrngEngine.Memory;

namespace LrngEngine.Crypto;

/// <summary>The DRNGs there are: LRNG's own and the DRBGs of SP 800-90A. Each runs the fastest kernels that this CPU has.</summary>
public static class Drngs
{
    private const int Strength = 256;

    // A line for each DRNG: on every kernel that this CPU runs, the one to use first.
    private static readonly DrngFactory[][] s_mechanisms =
    [
        On(ChaCha20Kernels.List, "chacha20", (arena, kernel) => new ChaCha20Drng(arena, kernel)),
        DrbgOn(AesKernels.List, "ctr-aes256", (arena, kernel) => new CtrDrbg(arena, kernel)),
        DrbgOn(HashgenKernels.Sha256, "hash-sha256", (arena, kernel) => new HashDrbg<Sha256Function>(arena, "sha256", kernel)),
        DrbgOn(HashgenKernels.Sha512, "hash-sha384", (arena, kernel) => new HashDrbg<Sha384Function>(arena, "sha384", kernel)),
        DrbgOn(HashgenKernels.Sha512, "hash-sha512", (arena, kernel) => new HashDrbg<Sha512Function>(arena, "sha512", kernel)),
        DrbgOn(HashgenKernels.Sha3, "hash-sha3-512", (arena, kernel) => new HashDrbg<Sha3_512Function>(arena, "sha3-512", kernel)),
        Portable("hmac-sha256", arena => new HmacDrbg<Sha256Function>(arena, "sha256")),
        Portable("hmac-sha384", arena => new HmacDrbg<Sha384Function>(arena, "sha384")),
        Portable("hmac-sha512", arena => new HmacDrbg<Sha512Function>(arena, "sha512")),
        Portable("hmac-sha3-512", arena => new HmacDrbg<Sha3_512Function>(arena, "sha3-512")),
    ];

    /// <summary>Every DRNG, the default first.</summary>
    public static IReadOnlyList<DrngFactory> All { get; } = Array.AsReadOnly(Array.ConvertAll(s_mechanisms, variants => variants[0]));

    /// <summary>The DRNG in use where none is named: LRNG's own.</summary>
    public static DrngFactory Default => All[0];

    /// <summary>Every DRNG on every kernel that this CPU runs, all of the same name in a row.</summary>
    internal static IEnumerable<DrngFactory> OnEveryKernel => s_mechanisms.SelectMany(variants => variants);

    /// <summary>Finds a DRNG by its name, exactly as written in <see cref="DrngFactory.Name"/>.</summary>
    /// <returns>False if there is no such DRNG.</returns>
    public static bool TryFind(string name, [NotNullWhen(true)] out DrngFactory? drng)
    {
        ArgumentNullException.ThrowIfNull(name);
        drng = All.FirstOrDefault(candidate => candidate.Name == name);
        return drng is not null;
    }

    private static DrngFactory[] On<TKernel>(KernelList<TKernel> kernels, string name, Func<SecretArena, TKernel, Drng> create)
        where TKernel : class, IKernel =>
        Variants(kernels, kernel => new DrngFactory(name, Strength, arena => create(arena, kernel), kernel.Name));

    private static DrngFactory[] DrbgOn<TKernel>(KernelList<TKernel> kernels, string name, Func<SecretArena, TKernel, Drbg> create)
        where TKernel : class, IKernel =>
        Variants(kernels, kernel => Of(name, arena => create(arena, kernel), kernel.Name));

    private static DrngFactory[] Variants<TKernel>(KernelList<TKernel> kernels, Func<TKernel, DrngFactory> create)
        where TKernel : class, IKernel
    {
        TKernel best = kernels.Best;
        return [.. kernels.All.OrderByDescending(kernel => kernel == best).Select(create)];
    }

    private static DrngFactory[] Portable(string name, Func<SecretArena, Drbg> create) => [Of(name, create, DrngFactory.PortableKernel)];

    private static DrngFactory Of(string name, Func<SecretArena, Drbg> create, string kernel) =>
        new(name, Strength, arena => new DrbgDrng(create(arena)), kernel) { CreateDrbg = create };
}
