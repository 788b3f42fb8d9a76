// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Text;
using static LrngEngine.Tests.Crypto.OpenSslRand;

namespace LrngBench;

/// <summary>A DRBG of OpenSSL by EVP_RAND, seeded once by its TEST-RAND and never again.</summary>
internal sealed unsafe class OpenSslDrbg : IReference
{
    private const uint Strength = 256;
    private const int EntropyBytes = 32;
    private const int NonceBytes = 16;

    private readonly nint _parent;
    private readonly nint _drbg;

    private OpenSslDrbg(nint parent, nint drbg) => (_parent, _drbg) = (parent, drbg);

    /// <param name="name">As in the list of DRNGs, for example "hmac-sha512".</param>
    /// <returns>Null if this libcrypto has no such DRBG.</returns>
    internal static OpenSslDrbg? Create(string name)
    {
        string[] parts = name.Split('-', 2);
        var made = new OpenSslDrbg(NewContext("TEST-RAND", parent: 0), 0);
        made = new OpenSslDrbg(made._parent, NewContext(parts[0].ToUpperInvariant() + "-DRBG", made._parent));
        if (made._parent != 0 && made._drbg != 0 && made.Configure(parts[0], parts[1]) && made.Instantiate())
        {
            return made;
        }

        made.Dispose();
        return null;
    }

    public void Generate(Span<byte> output)
    {
        fixed (byte* bytes = output)
        {
            if (EVP_RAND_generate(_drbg, bytes, (nuint)output.Length, Strength, 0, null, 0) != 1)
            {
                throw new InvalidOperationException("EVP_RAND_generate failed");
            }
        }
    }

    public void Dispose()
    {
        EVP_RAND_CTX_free(_drbg);
        EVP_RAND_CTX_free(_parent);
    }

    private bool Configure(string kind, string primitive)
    {
        // No reseed by count or time.
        bool done = Set(_drbg, OSSL_PARAM_UNSIGNED_INTEGER, "reseed_requests", BitConverter.GetBytes(uint.MaxValue))
            && Set(_drbg, OSSL_PARAM_UNSIGNED_INTEGER, "reseed_time_interval", BitConverter.GetBytes(0L));
        if (kind == "ctr")
        {
            return done && Set(_drbg, OSSL_PARAM_UTF8_STRING, "cipher", "AES-256-CTR"u8)
                && Set(_drbg, OSSL_PARAM_INTEGER, "use_derivation_function", BitConverter.GetBytes(1));
        }

        // The digest goes to the MAC, so that has to be there first.
        return done && (kind != "hmac" || Set(_drbg, OSSL_PARAM_UTF8_STRING, "mac", "HMAC"u8))
            && Set(_drbg, OSSL_PARAM_UTF8_STRING, "digest", Encoding.ASCII.GetBytes(primitive.ToUpperInvariant()));
    }

    private bool Instantiate() =>
        Set(_parent, OSSL_PARAM_UNSIGNED_INTEGER, "strength", BitConverter.GetBytes(Strength))
            && Set(_parent, OSSL_PARAM_OCTET_STRING, "test_entropy", new byte[EntropyBytes])
            && Set(_parent, OSSL_PARAM_OCTET_STRING, "test_nonce", new byte[NonceBytes])
            && EVP_RAND_instantiate(_parent, Strength, 0, null, 0, null) == 1
            && EVP_RAND_instantiate(_drbg, Strength, 0, null, 0, null) == 1;

    private static nint NewContext(string algorithm, nint parent)
    {
        nint rand = EVP_RAND_fetch(0, algorithm, 0);
        nint context = rand == 0 ? 0 : EVP_RAND_CTX_new(rand, parent);
        EVP_RAND_free(rand);
        return context;
    }

    private static bool Set(nint context, uint type, string name, ReadOnlySpan<byte> value)
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
            return EVP_RAND_CTX_set_params(context, parameters) == 1;
        }
    }
}
