// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.CompilerServices;

namespace LrngEngine.Crypto;

/// <summary>Messages side by side: word i of every message lies in vector i.</summary>
internal static unsafe class HashgenLanes<TVector, TWord, TOperations>
    where TVector : unmanaged
    where TWord : unmanaged
    where TOperations : struct, IHashVector<TVector, TWord>
{
    /// <summary>Makes message i of data + i, modulo the length of data.</summary>
    /// <param name="message">data with its padding.</param>
    /// <param name="messageWords">Words of the message.</param>
    /// <param name="integerBytes">Bytes of data; with the pad byte behind it a number of whole words.</param>
    /// <param name="words">Where the words of the messages go, as big-endian numbers.</param>
    public static void SetMessages(byte* message, int messageWords, int integerBytes, TVector* words)
    {
        int integerWords = (integerBytes + 1) / sizeof(TWord);

        // The integer ends one byte before the last of its words, so i counts 256-fold there.
        TVector addend = TOperations.ShiftLeft(TOperations.Indices, 8);
        for (int word = messageWords - 1; word >= 0; word--)
        {
            TVector sum = TOperations.BroadcastBigEndian(message + (word * sizeof(TWord)));
            if (word < integerWords)
            {
                sum = TOperations.Add(sum, addend);
                addend = TOperations.Carry(sum, addend);
            }

            words[word] = sum;
        }
    }

    /// <summary>Writes the digests, one behind the other.</summary>
    /// <param name="words">Word i of all digests, then word i + 1, ...</param>
    /// <param name="output">Where the digests go; not where the words are.</param>
    /// <param name="digestBytes">Bytes of each digest.</param>
    public static void WriteDigests(TVector* words, byte* output, int digestBytes)
    {
        for (int lane = 0; lane < TOperations.Lanes; lane++)
        {
            TWord* word = (TWord*)words + lane;
            for (int at = 0; at < digestBytes; at += sizeof(TWord))
            {
                Unsafe.WriteUnaligned(output + at, *word);
                word += TOperations.Lanes;
            }

            output += digestBytes;
        }
    }

    /// <summary>Turns numbers into their big-endian bytes and back.</summary>
    public static void ReverseBytes(TVector* words, int count)
    {
        for (int word = 0; word < count; word++)
        {
            words[word] = TOperations.ReverseBytes(words[word]);
        }
    }
}
