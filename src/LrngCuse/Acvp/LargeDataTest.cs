// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Text.Json;
using LrngEngine.Crypto;
using LrngEngine.Memory;

namespace LrngCuse.Acvp;

/// <summary>The digest of a message of gigabytes, a large data test: a short content repeated, never built as a whole.</summary>
internal sealed class LargeDataTest : VectorTest
{
    // ACVP asks for 8 GiB at most.
    private const long MaximumBits = 1L << 40;

    // "Small content" in the drafts, 64 bits in NIST's sets.
    private const long MaximumContentBits = 65536;

    private const string Technique = "repeating";

    // What is hashed at once, so that the pieces cost nothing and a signal is not kept waiting.
    private const int PieceBytes = 1 << 20;

    private readonly VectorHash _vectorHash;
    private readonly BitString _content;
    private readonly long _bits;

    private LargeDataTest(int id, VectorHash vectorHash, BitString content, long bits)
        : base(id) => (_vectorHash, _content, _bits) = (vectorHash, content, bits);

    internal static LargeDataTest Read(PromptObject test, int id, VectorHash hash)
    {
        PromptObject message = test.Object("largeMsg");
        string technique = message.Text("expansionTechnique");
        if (technique != Technique)
        {
            throw message.Error("expansionTechnique", $"is {PromptPlace.Quote(technique)}", Technique);
        }

        BitString content = BitString.Read(message, "content", "contentLength", 1, MaximumContentBits);
        return new LargeDataTest(id, hash, content, message.Integer("fullLength", 0, MaximumBits));
    }

    private protected override void AnswerCore(Utf8JsonWriter response, SecretArena arena, Func<bool> stop)
    {
        using ConditioningHash hash = _vectorHash.Create(arena);
        byte[] piece = Repeat();
        long bytes = _bits / 8;
        for (; bytes >= piece.Length; bytes -= piece.Length)
        {
            Continue(stop);
            hash.Update(piece);
        }

        byte[] digest = new byte[_vectorHash.DigestBytes];
        hash.Update(piece.AsSpan(0, (int)bytes));
        int lastBits = (int)(_bits % 8);
        _vectorHash.Finish(hash, (byte)(piece[bytes] & ~(0xff >> lastBits)), lastBits, digest);
        response.WriteString("md", Convert.ToHexString(digest));
    }

    // Eight contents end with a whole byte; as many times that as are a piece.
    private byte[] Repeat()
    {
        byte[] whole = _content.Bytes;
        if (_content.Bits % 8 != 0)
        {
            whole = new byte[_content.Bits];
            for (long bit = 0; bit < 8 * _content.Bits; bit++)
            {
                long from = bit % _content.Bits;
                whole[bit / 8] |= (byte)(((_content.Bytes[from / 8] >> (int)(7 - (from % 8))) & 1) << (int)(7 - (bit % 8)));
            }
        }

        byte[] piece = new byte[Math.Max(1, PieceBytes / whole.Length) * whole.Length];
        for (int at = 0; at < piece.Length; at += whole.Length)
        {
            whole.CopyTo(piece, at);
        }

        return piece;
    }
}
