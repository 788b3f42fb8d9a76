// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.InteropServices;
using LrngEngine.Memory;

namespace LrngEngine.Crypto;

/// <summary>
/// A generator of the program's own as a DRNG (LRNG's drng_kcapi, reference 8.5). It takes the place of the built-in ones:
/// <c>options with { Drng = ExternalDrng.CreateFactory(...) }</c>.
/// </summary>
/// <remarks>Nothing is known here of what it computes: it has no self-test, and its security strength is its maker's word.</remarks>
public sealed class ExternalDrng : Drng
{
    /// <summary>Least security strength: what a full seed carries.</summary>
    public const int MinSecurityStrengthBits = 256;

    private const string Kernel = "external";
    private const int MaxNameLength = 64;

    // What LRNG refuses: generators that would feed on the LRNG itself, and those that it has a back-end for.
    private static readonly string[] s_refusedPrefixes = ["stdrng", "lrng", "drbg", "jitterentropy_rng"];

    private readonly IExternalGenerator _generator;

    // Null where seeds are passed as they are.
    private readonly ConditioningHash? _hash;
    private readonly SecretBuffer? _digest;
    private bool _disposed;

    private ExternalDrng(
        string name, int securityStrengthBits, ConditioningHashFactory? hash, Func<IExternalGenerator> open, SecretArena arena)
    {
        Name = name;
        SecurityStrengthBits = securityStrengthBits;
        try
        {
            _hash = hash?.Create(arena);
            _digest = hash is null ? null : arena.Allocate(hash.DigestBits / 8);
            _generator = open() ?? throw new InvalidOperationException($"DRNG {name}: no generator was opened");
        }
        catch
        {
            _digest?.Dispose();
            _hash?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override int SecurityStrengthBits { get; }

    /// <summary>Describes a generator to the engine, which opens one for each DRNG instance.</summary>
    /// <param name="name">What the status shows: up to 64 printable ASCII characters, not the name of a built-in DRNG, and not
    /// beginning with stdrng, lrng, drbg or jitterentropy_rng.</param>
    /// <param name="securityStrengthBits">256 at least.</param>
    /// <param name="seedBytes">0: seeds are passed as they are. 32, 48 or 64: they are hashed to that size, by SHA-256, SHA-384
    /// or SHA-512 unless <paramref name="seedHash"/> is given.</param>
    /// <param name="open">Makes a generator. The DRNG owns it; its first seed is a time stamp.</param>
    /// <param name="seedHash">Hashes seeds; its digest has <paramref name="seedBytes"/> bytes.</param>
    /// <param name="clock">Stamps the first seed; null: the system's.</param>
    /// <exception cref="ArgumentException">Names the argument, its value and what is accepted.</exception>
    public static DrngFactory CreateFactory(
        string name,
        int securityStrengthBits,
        int seedBytes,
        Func<IExternalGenerator> open,
        ConditioningHashFactory? seedHash = null,
        TimeProvider? clock = null)
    {
        RequireName(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(securityStrengthBits, MinSecurityStrengthBits);
        ArgumentNullException.ThrowIfNull(open);
        ConditioningHashFactory? hash = HashFor(seedBytes, seedHash);
        TimeProvider stamps = clock ?? TimeProvider.System;
        return new DrngFactory(name, securityStrengthBits, Create, Kernel);

        Drng Create(SecretArena arena)
        {
            var drng = new ExternalDrng(name, securityStrengthBits, hash, open, arena);
            try
            {
                long stamp = stamps.GetTimestamp();
                drng.Seed(MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in stamp)));
                return drng;
            }
            catch
            {
                drng.Dispose();
                throw;
            }
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The instance is disposed.</exception>
    public override void Seed(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> additionalInput = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_hash is null)
        {
            Pass(seed);
            Pass(additionalInput);
        }
        else if (!(seed.IsEmpty && additionalInput.IsEmpty))
        {
            _hash.Update(seed);
            _hash.Update(additionalInput);
            _hash.Finish(_digest!.Span);
            try
            {
                _generator.Seed(_digest.Span);
            }
            finally
            {
                _digest.Wipe();
            }
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The instance is disposed.</exception>
    public override void Generate(Span<byte> output, ReadOnlySpan<byte> additionalInput = default)
    {
        Seed(additionalInput);
        if (!output.IsEmpty)
        {
            _generator.Generate(output);
        }
    }

    /// <summary>Disposes the generator and wipes what was kept here of its seeds.</summary>
    public override void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _digest?.Dispose();
            _hash?.Dispose();
            _generator.Dispose();
        }
    }

    private static void RequireName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length is 0 or > MaxNameLength || name.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            throw new ArgumentException($"DRNG '{name}': accepted are 1 to {MaxNameLength} printable ASCII characters", nameof(name));
        }

        if (Array.Find(s_refusedPrefixes, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) is { } refused)
        {
            throw new ArgumentException($"DRNG '{name}': names must not begin with {refused}", nameof(name));
        }

        if (name.Equals(ChaCha20Drng.MechanismName, StringComparison.OrdinalIgnoreCase)
            || Drngs.All.Any(known => known.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
        {
            throw new ArgumentException($"DRNG '{name}': is the name of a built-in one", nameof(name));
        }
    }

    private static ConditioningHashFactory? HashFor(int seedBytes, ConditioningHashFactory? seedHash)
    {
        string standard = seedBytes switch
        {
            0 => "",
            256 / 8 => "sha256",
            384 / 8 => "sha384",
            512 / 8 => "sha512",
            _ => throw new ArgumentOutOfRangeException(nameof(seedBytes), $"seed of {seedBytes} bytes: accepted are 0, 32, 48 and 64"),
        };
        if (seedHash is not null && seedHash.DigestBits != 8 * seedBytes)
        {
            throw new ArgumentException(
                $"seed of {seedBytes} bytes: {seedHash.Name} gives {seedHash.DigestBits / 8}, they must be the same", nameof(seedHash));
        }

        return seedHash ?? (seedBytes == 0 ? null : ConditioningHashes.All.Single(hash => hash.Name == standard));
    }

    private void Pass(ReadOnlySpan<byte> seed)
    {
        if (!seed.IsEmpty)
        {
            _generator.Seed(seed);
        }
    }
}
