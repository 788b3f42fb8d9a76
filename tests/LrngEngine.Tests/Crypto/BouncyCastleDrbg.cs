// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Macs;
using Org.BouncyCastle.Crypto.Prng.Drbg;

namespace LrngEngine.Tests.Crypto;

/// <summary>The DRBGs of BouncyCastle. They know no SHA-3.</summary>
internal sealed class BouncyCastleDrbg(string drbg) : DrbgOracle, IEntropySource
{
    private byte[] _entropy = [];
    private ISP80090Drbg? _drbg;

    public override string Name => "BouncyCastle";

    // 2^18 bits, less than the standard permits.
    public override int MaxRequestBytes => 1 << 15;

    public override bool IsSupported => !drbg.Contains("sha3-", StringComparison.Ordinal);

    public bool IsPredictionResistant => false;

    public int EntropySize => _entropy.Length * 8;

    public byte[] GetEntropy() => [.. _entropy];

    public int GetEntropy(Span<byte> output)
    {
        _entropy.CopyTo(output);
        return _entropy.Length;
    }

    public override byte[] Apply(DrbgCall call)
    {
        byte[] output = new byte[call.Bytes];
        byte[]? data = call.Data.Length > 0 ? call.Data : null;
        _entropy = call.Entropy;
        switch (call.Verb)
        {
            case DrbgVerb.Instantiate:
                _drbg = Create(data, call.Nonce);
                break;
            case DrbgVerb.Reseed:
                _drbg!.Reseed(data);
                break;
            default:
                Assert.That(_drbg!.Generate(output, 0, output.Length, data, predictionResistant: false), Is.EqualTo(output.Length * 8));
                break;
        }

        return output;
    }

    private ISP80090Drbg Create(byte[]? personalization, byte[] nonce) => drbg.Split('-', 2) switch
    {
        ["ctr", _] => new CtrSP800Drbg(new AesEngine(), 256, 256, this, personalization, nonce),
        ["hash", string hash] => new HashSP800Drbg(Digest(hash), 256, this, personalization, nonce),
        [_, string hash] => new HMacSP800Drbg(new HMac(Digest(hash)), 256, this, personalization, nonce),
        _ => throw new ArgumentException(drbg),
    };

    private static IDigest Digest(string name) => name switch
    {
        "sha256" => new Sha256Digest(),
        "sha384" => new Sha384Digest(),
        _ => new Sha512Digest(),
    };
}
