// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace LrngBench;

/// <summary>OpenSSL has no DRNG of ChaCha20: its key stream, with the next key taken out of it after each request.</summary>
internal sealed unsafe partial class OpenSslChaCha20 : IReference
{
    private const string Library = "libcrypto.so.3";
    private const int KeyBytes = 32;
    private const int InitializationBytes = 16;

    private readonly nint _context = EVP_CIPHER_CTX_new();
    private readonly byte[] _key = new byte[KeyBytes];
    private readonly byte[] _initialization = new byte[InitializationBytes];

    internal OpenSslChaCha20()
    {
        nint cipher = EVP_CIPHER_fetch(0, "ChaCha20", 0);
        if (cipher == 0 || EVP_EncryptInit_ex2(_context, cipher, null, null, 0) != 1)
        {
            throw new InvalidOperationException("this libcrypto has no ChaCha20");
        }

        EVP_CIPHER_free(cipher);
    }

    public void Generate(Span<byte> output)
    {
        int written;
        fixed (byte* bytes = output, key = _key, initialization = _initialization)
        {
            // Whatever stands in the buffer is encrypted: the work is that of the bare key stream.
            bool done = EVP_EncryptInit_ex2(_context, 0, key, initialization, 0) == 1
                && EVP_EncryptUpdate(_context, bytes, &written, bytes, output.Length) == 1
                && EVP_EncryptUpdate(_context, key, &written, key, KeyBytes) == 1;
            if (!done)
            {
                throw new CryptographicException("EVP_EncryptUpdate failed");
            }
        }
    }

    public void Dispose() => EVP_CIPHER_CTX_free(_context);

    [LibraryImport(Library)]
    private static partial nint EVP_CIPHER_CTX_new();

    [LibraryImport(Library)]
    private static partial void EVP_CIPHER_CTX_free(nint context);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint EVP_CIPHER_fetch(nint context, string algorithm, nint properties);

    [LibraryImport(Library)]
    private static partial void EVP_CIPHER_free(nint cipher);

    [LibraryImport(Library)]
    private static partial int EVP_EncryptInit_ex2(nint context, nint cipher, byte* key, byte* initialization, nint parameters);

    [LibraryImport(Library)]
    private static partial int EVP_EncryptUpdate(nint context, byte* output, int* written, byte* input, int bytes);
}
