// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Text;
using static LrngEngine.Tests.Crypto.OpenSslRand;

namespace LrngEngine.Tests.Crypto;

/// <summary>The DRBGs of OpenSSL 3, fed by its TEST-RAND.</summary>
internal sealed unsafe class OpenSslDrbg : DrbgOracle
{
    private const uint Strength = 256;

    private readonly nint _parent;
    private readonly nint _drbg;
    private bool _instantiated;

    public OpenSslDrbg(string drbg)
    {
        string[] parts = drbg.Split('-', 2);
        _parent = NewContext("TEST-RAND", parent: 0);
        _drbg = NewContext(parts[0] switch { "ctr" => "CTR-DRBG", "hash" => "HASH-DRBG", _ => "HMAC-DRBG" }, _parent);

        // More requests than any test makes, and no reseed by time.
        Set(_drbg, OSSL_PARAM_UNSIGNED_INTEGER, "reseed_requests", BitConverter.GetBytes(uint.MaxValue));
        Set(_drbg, OSSL_PARAM_UNSIGNED_INTEGER, "reseed_time_interval", BitConverter.GetBytes(0L));
        if (parts[0] == "ctr")
        {
            Set(_drbg, OSSL_PARAM_UTF8_STRING, "cipher", "AES-256-CTR"u8.ToArray());
            Set(_drbg, OSSL_PARAM_INTEGER, "use_derivation_function", BitConverter.GetBytes(parts[1] == "aes256" ? 1 : 0));
            return;
        }

        if (parts[0] == "hmac")
        {
            // The digest goes to the MAC, so that has to be there first.
            Set(_drbg, OSSL_PARAM_UTF8_STRING, "mac", "HMAC"u8.ToArray());
        }

        Set(_drbg, OSSL_PARAM_UTF8_STRING, "digest", Encoding.ASCII.GetBytes(parts[1].Replace("sha", "SHA", StringComparison.Ordinal)));
    }

    public override string Name => "OpenSSL";

    public override int MaxRequestBytes => 1 << 16;

    public override bool IsSupported => true;

    public override byte[] Apply(DrbgCall call)
    {
        byte[] output = new byte[call.Bytes];

        // A null pointer would mean OpenSSL's own personalization string.
        byte[] data = [.. call.Data, 0];
        nuint dataBytes = (nuint)call.Data.Length;
        fixed (byte* dataAt = data, outputAt = output)
        {
            switch (call.Verb)
            {
                case DrbgVerb.Instantiate:
                    Instantiate(call, dataAt);
                    break;
                case DrbgVerb.Reseed:
                    Set(_parent, OSSL_PARAM_OCTET_STRING, "test_entropy", call.Entropy);
                    Check(EVP_RAND_reseed(_drbg, 0, null, 0, dataAt, dataBytes));
                    break;
                default:
                    Check(EVP_RAND_generate(_drbg, outputAt, (nuint)output.Length, Strength, 0, dataAt, dataBytes));
                    break;
            }
        }

        return output;
    }

    /// <summary>Generates without a copy, for measurements.</summary>
    public void Generate(Span<byte> output)
    {
        fixed (byte* bytes = output)
        {
            Check(EVP_RAND_generate(_drbg, bytes, (nuint)output.Length, Strength, 0, null, 0));
        }
    }

    public override void Dispose()
    {
        EVP_RAND_CTX_free(_drbg);
        EVP_RAND_CTX_free(_parent);
        base.Dispose();
    }

    private void Instantiate(DrbgCall call, byte* personalization)
    {
        if (_instantiated)
        {
            Check(EVP_RAND_uninstantiate(_drbg));
            Check(EVP_RAND_uninstantiate(_parent));
        }

        Set(_parent, OSSL_PARAM_UNSIGNED_INTEGER, "strength", BitConverter.GetBytes(Strength));
        Set(_parent, OSSL_PARAM_OCTET_STRING, "test_entropy", call.Entropy);
        if (call.Nonce.Length > 0)
        {
            Set(_parent, OSSL_PARAM_OCTET_STRING, "test_nonce", call.Nonce);
        }

        Check(EVP_RAND_instantiate(_parent, Strength, 0, null, 0, null));
        Check(EVP_RAND_instantiate(_drbg, Strength, 0, personalization, (nuint)call.Data.Length, null));
        _instantiated = true;
    }

    private static nint NewContext(string algorithm, nint parent)
    {
        nint rand = EVP_RAND_fetch(0, algorithm, 0);
        Assert.That(rand, Is.Not.Zero, algorithm);
        nint context = EVP_RAND_CTX_new(rand, parent);
        EVP_RAND_free(rand);
        Assert.That(context, Is.Not.Zero, algorithm);
        return context;
    }

    private static void Set(nint context, uint type, string name, byte[] value)
    {
        OSSL_PARAM* parameters = stackalloc OSSL_PARAM[2];
        fixed (byte* key = Encoding.ASCII.GetBytes(name + '\0'), data = value)
        {
            parameters[0] = new OSSL_PARAM
            {
                key = key,
                data_type = type,
                data = data,
                data_size = (nuint)value.Length,
                return_size = nuint.MaxValue,
            };
            parameters[1] = default;
            Check(EVP_RAND_CTX_set_params(context, parameters));
        }
    }

    private static void Check(int result) => Assert.That(result, Is.EqualTo(1), "libcrypto");
}
