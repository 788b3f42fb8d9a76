// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Text.Json;
using LrngEngine.Crypto;
using LrngEngine.Memory;

namespace LrngCuse.Acvp;

/// <summary>The digest of a message: an algorithm functional test.</summary>
internal sealed class DigestTest(int id, VectorHash vectorHash, BitString message) : VectorTest(id)
{
    private protected override void AnswerCore(Utf8JsonWriter response, SecretArena arena, Func<bool> stop)
    {
        Continue(stop);
        using ConditioningHash hash = vectorHash.Create(arena);
        byte[] digest = new byte[vectorHash.DigestBytes];
        vectorHash.Digest(hash, message.Bytes, message.Bits, digest);
        response.WriteString("md", Convert.ToHexString(digest));
    }
}
