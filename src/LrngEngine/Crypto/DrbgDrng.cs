// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Crypto;

/// <summary>A DRBG of SP 800-90A as the DRNG of an instance: the first seed instantiates it, later ones reseed it.</summary>
/// <remarks>
/// LRNG hands over seed material as one string, so there is no nonce; the first seed has to carry one and a half times the security
/// strength, which LRNG's 384 bits do (SP 800-90A, 8.6.7). Until the first seed there is nothing to generate from.
/// </remarks>
public sealed class DrbgDrng : Drng
{
    private readonly Drbg _drbg;

    /// <summary>Takes over a DRBG that is not instantiated, and disposes it in the end.</summary>
    public DrbgDrng(Drbg drbg)
    {
        ArgumentNullException.ThrowIfNull(drbg);
        _drbg = drbg;
    }

    /// <inheritdoc/>
    public override string Name => _drbg.Name;

    /// <inheritdoc/>
    public override int SecurityStrengthBits => _drbg.SecurityStrengthBits;

    /// <inheritdoc/>
    /// <remarks>The additional input of the first seed becomes the personalization string. A seed that is too short for a reseed
    /// is mixed in as additional input of a request for nothing: it may do good but it does not count.</remarks>
    /// <exception cref="ArgumentException">The first seed is shorter than the security strength.</exception>
    /// <exception cref="InvalidOperationException">The DRBG is in the error state.</exception>
    /// <exception cref="ObjectDisposedException">The instance is disposed.</exception>
    public override void Seed(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> additionalInput = default)
    {
        if (_drbg.State == DrbgState.Uninstantiated)
        {
            if (!(seed.IsEmpty && additionalInput.IsEmpty))
            {
                _drbg.Instantiate(seed, nonce: [], additionalInput);
            }
        }
        else if (seed.Length >= _drbg.MinEntropyInputBytes)
        {
            _drbg.Reseed(seed, additionalInput);
        }
        else
        {
            Mix(seed);
            Mix(additionalInput);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">There was no seed yet, a reseed is due, or the DRBG is in the error
    /// state.</exception>
    /// <exception cref="ObjectDisposedException">The instance is disposed.</exception>
    public override void Generate(Span<byte> output, ReadOnlySpan<byte> additionalInput = default)
    {
        if (output.IsEmpty)
        {
            Mix(additionalInput);
        }

        while (!output.IsEmpty)
        {
            Span<byte> request = output[..Math.Min(output.Length, Drbg.MaxRequestBytes)];
            _drbg.Generate(request, additionalInput);
            output = output[request.Length..];
            additionalInput = [];
        }
    }

    /// <inheritdoc/>
    public override void Dispose() => _drbg.Dispose();

    private void Mix(ReadOnlySpan<byte> data)
    {
        if (!data.IsEmpty)
        {
            _drbg.Generate([], data);
        }
    }
}
