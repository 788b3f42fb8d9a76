// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.InteropServices;

namespace LrngEngine.Tests.Crypto;

/// <summary>EVP_RAND of libcrypto 3 (openssl/evp.h, openssl/core.h).</summary>
internal static unsafe partial class OpenSslRand
{
    // openssl/core.h
    internal const uint OSSL_PARAM_INTEGER = 1;
    internal const uint OSSL_PARAM_UNSIGNED_INTEGER = 2;
    internal const uint OSSL_PARAM_UTF8_STRING = 4;
    internal const uint OSSL_PARAM_OCTET_STRING = 5;

    private const string Library = "libcrypto.so.3";

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint EVP_RAND_fetch(nint context, string algorithm, nint properties);

    [LibraryImport(Library)]
    internal static partial void EVP_RAND_free(nint rand);

    [LibraryImport(Library)]
    internal static partial nint EVP_RAND_CTX_new(nint rand, nint parent);

    [LibraryImport(Library)]
    internal static partial void EVP_RAND_CTX_free(nint context);

    [LibraryImport(Library)]
    internal static partial int EVP_RAND_CTX_set_params(nint context, OSSL_PARAM* parameters);

    [LibraryImport(Library)]
    internal static partial int EVP_RAND_instantiate(
        nint context, uint strength, int predictionResistance, byte* personalization, nuint bytes, OSSL_PARAM* parameters);

    [LibraryImport(Library)]
    internal static partial int EVP_RAND_uninstantiate(nint context);

    [LibraryImport(Library)]
    internal static partial int EVP_RAND_reseed(
        nint context, int predictionResistance, byte* entropy, nuint entropyBytes, byte* additional, nuint additionalBytes);

    [LibraryImport(Library)]
    internal static partial int EVP_RAND_generate(
        nint context, byte* output, nuint bytes, uint strength, int predictionResistance, byte* additional, nuint additionalBytes);

    /// <summary>struct ossl_param_st.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct OSSL_PARAM
    {
        internal byte* key;
        internal uint data_type;
        internal void* data;
        internal nuint data_size;
        internal nuint return_size;
    }
}
