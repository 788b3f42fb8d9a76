// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics.CodeAnalysis;
using LrngEngine.Memory;

namespace LrngEngine.Crypto;

/// <summary>The DRNGs there are: LRNG's own and the DRBGs of SP 800-90A. Each runs the fastest kernels that this CPU has.</summary>
public static class Drngs
{
    private const int Strength = 256;

    /// <summary>Every DRNG, the default first.</summary>
    public static IReadOnlyList<DrngFactory> All { get; } = Array.AsReadOnly<DrngFactory>(
    [
        new("chacha20", Strength, arena => new ChaCha20Drng(arena, ChaCha20Kernels.Best)),
        Of("ctr-aes256", arena => new CtrDrbg(arena, AesKernels.Best)),
        Of("hash-sha256", arena => new HashDrbg<Sha256Function>(arena, "sha256")),
        Of("hash-sha384", arena => new HashDrbg<Sha384Function>(arena, "sha384", HashgenKernels.Best)),
        Of("hash-sha512", arena => new HashDrbg<Sha512Function>(arena, "sha512", HashgenKernels.Best)),
        Of("hash-sha3-512", arena => new HashDrbg<Sha3_512Function>(arena, "sha3-512")),
        Of("hmac-sha256", arena => new HmacDrbg<Sha256Function>(arena, "sha256")),
        Of("hmac-sha384", arena => new HmacDrbg<Sha384Function>(arena, "sha384")),
        Of("hmac-sha512", arena => new HmacDrbg<Sha512Function>(arena, "sha512")),
        Of("hmac-sha3-512", arena => new HmacDrbg<Sha3_512Function>(arena, "sha3-512")),
    ]);

    /// <summary>The DRNG in use where none is named: LRNG's own.</summary>
    public static DrngFactory Default => All[0];

    /// <summary>Finds a DRNG by its name, exactly as written in <see cref="DrngFactory.Name"/>.</summary>
    /// <returns>False if there is no such DRNG.</returns>
    public static bool TryFind(string name, [NotNullWhen(true)] out DrngFactory? drng)
    {
        ArgumentNullException.ThrowIfNull(name);
        drng = All.FirstOrDefault(candidate => candidate.Name == name);
        return drng is not null;
    }

    private static DrngFactory Of(string name, Func<SecretArena, Drbg> create) =>
        new(name, Strength, arena => new DrbgDrng(create(arena)));
}
