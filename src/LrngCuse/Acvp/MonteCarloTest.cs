// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Text.Json;
using LrngEngine.Crypto;
using LrngEngine.Memory;

namespace LrngCuse.Acvp;

/// <summary>A Monte Carlo test of a hash: a hundred results, each a thousand digests after the one before.</summary>
/// <remarks>
/// The message is made of the last digests, three for SHA-2 and one for SHA-3, with the seed in place of those that there are not
/// yet. The alternate test gives every message the length of the seed: the leftmost bits, or zeros behind.
/// </remarks>
internal sealed class MonteCarloTest : VectorTest
{
    private const int Results = 100;
    private const int DigestsPerResult = 1000;

    // A || B || C (draft-celi-acvp-sha, "Monte Carlo tests").
    private const int Sha2Parts = 3;

    private readonly VectorHash _vectorHash;
    private readonly BitString _seed;
    private readonly bool _isAlternate;

    private MonteCarloTest(int id, VectorHash vectorHash, BitString seed, bool isAlternate)
        : base(id) => (_vectorHash, _seed, _isAlternate) = (vectorHash, seed, isAlternate);

    internal static MonteCarloTest Read(PromptObject test, int id, VectorHash hash, bool isAlternate)
    {
        BitString seed = BitString.Read(test, "msg", "len", 0, HashAlgorithm.MaximumSeedBits);
        return hash.IsSha3 || isAlternate || seed.Bits % 8 == 0
            ? new MonteCarloTest(id, hash, seed, isAlternate)
            : throw test.Error("len", $"is {seed.Bits}", "whole bytes, as the standard test joins three seeds");
    }

    private protected override void AnswerCore(Utf8JsonWriter response, SecretArena arena, Func<bool> stop)
    {
        using ConditioningHash hash = _vectorHash.Create(arena);
        byte[] digest = new byte[_vectorHash.DigestBytes];
        BitString seed = _seed;
        response.WriteStartArray("resultsArray");
        for (int result = 0; result < Results; result++)
        {
            Continue(stop);
            Advance(hash, seed, digest);
            response.WriteStartObject();
            response.WriteString("md", Convert.ToHexString(digest));
            response.WriteEndObject();
            seed = new BitString([.. digest], digest.Length * 8);
        }

        response.WriteEndArray();
    }

    // What is left in the digest is the last of a thousand.
    private void Advance(ConditioningHash hash, BitString seed, Span<byte> digest)
    {
        byte[][] parts = [.. Enumerable.Repeat(seed.Bytes, _vectorHash.IsSha3 ? 1 : Sha2Parts)];
        long bits = seed.Bits * parts.Length;
        for (int round = 0; round < DigestsPerResult; round++)
        {
            byte[] message = parts is [{ } only] ? [.. only] : [.. parts[0], .. parts[1], .. parts[2]];
            if (_isAlternate)
            {
                Array.Resize(ref message, _seed.Bytes.Length);
                bits = _seed.Bits;
            }

            _vectorHash.Digest(hash, message, bits, digest);
            parts = [.. parts.AsSpan(1), digest.ToArray()];
            bits = parts.Sum(part => part.Length) * 8L;
        }
    }
}
