// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using LrngEngine.Crypto;

namespace LrngEngine.Sources.Jitter;

/// <summary>
/// Everything the collector keeps about its noise, laid out to lie in secret memory as one piece. The conditioning is
/// SHA3-512 (FIPS 202) over whole 64-bit words, so that a block can carry up to 512 bits.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct JitterState
{
    /// <summary>Lanes of a SHA3-512 digest.</summary>
    public const int DigestLanes = 8;

    // Rate of SHA3-512 in lanes: (1600 - 2 * 512) / 64.
    private const int RateLanes = 9;

    /// <summary>The counter at the last measurement, in ticks.</summary>
    public ulong PreviousTime;

    /// <summary>The last raw delta in ticks.</summary>
    public ulong PreviousDelta;

    /// <summary>Deltas in the conditioner that are not stuck.</summary>
    public int Collected;

    /// <summary>Where the memory walk stands.</summary>
    public uint Walk;

    /// <summary>The continuous health tests.</summary>
    public JitterHealth Health;

    // Next lane of the sponge to absorb into, 0..8.
    private int _position;
    private fixed ulong _sponge[Keccak1600.Lanes];
    private fixed ulong _scratch[Keccak1600.Lanes];
    private fixed ulong _noiseDigest[4];

    /// <summary>25 lanes that anybody may overwrite.</summary>
    [UnscopedRef]
    public Span<ulong> Scratch => MemoryMarshal.CreateSpan(ref _scratch[0], Keccak1600.Lanes);

    /// <summary>The digest that the hash loop works on. It shapes the timing only and never enters the output.</summary>
    [UnscopedRef]
    public Span<ulong> NoiseDigest => MemoryMarshal.CreateSpan(ref _noiseDigest[0], 4);

    [UnscopedRef]
    private Span<ulong> Sponge => MemoryMarshal.CreateSpan(ref _sponge[0], Keccak1600.Lanes);

    /// <summary>Feeds one word to the conditioner.</summary>
    public void Absorb(ulong word)
    {
        Sponge[_position++] ^= word;
        if (_position == RateLanes)
        {
            Keccak1600.Permute(Sponge);
            _position = 0;
        }
    }

    /// <summary>Takes the output digest and re-keys the conditioner, so that neither can be computed from the other.</summary>
    /// <param name="output">8 lanes.</param>
    /// <remarks>m: everything absorbed since the last re-keying. output = SHA3-512(m || 1); key = SHA3-512(m || 2); the next m begins
    /// with the key.</remarks>
    public void Squeeze(Span<ulong> output)
    {
        Debug.Assert(output.Length == DigestLanes, "the whole digest is taken");
        Span<ulong> scratch = Scratch;
        int position = _position;
        Sponge.CopyTo(scratch);
        Finish(scratch, position, 1);
        scratch[..DigestLanes].CopyTo(output);

        Finish(Sponge, position, 2);
        Sponge[..DigestLanes].CopyTo(scratch);
        Sponge.Clear();
        _position = 0;
        Collected = 0;
        foreach (ulong word in scratch[..DigestLanes])
        {
            Absorb(word);
        }

        scratch.Clear();
    }

    /// <summary>Forgets what was collected: the conditioner is empty again.</summary>
    public void ClearConditioner()
    {
        Sponge.Clear();
        Scratch.Clear();
        NoiseDigest.Clear();
        PreviousDelta = 0;
        _position = 0;
        Collected = 0;
    }

    // Last word and SHA-3 padding (FIPS 202 B.2).
    private static void Finish(Span<ulong> sponge, int position, ulong lastWord)
    {
        sponge[position] ^= lastWord;
        if (++position == RateLanes)
        {
            Keccak1600.Permute(sponge);
            position = 0;
        }

        sponge[position] ^= 0x06;
        sponge[RateLanes - 1] ^= 0x80UL << 56;
        Keccak1600.Permute(sponge);
    }
}
