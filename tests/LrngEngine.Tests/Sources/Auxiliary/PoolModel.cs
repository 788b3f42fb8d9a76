// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Tests.Crypto;
using Org.BouncyCastle.Crypto;

namespace LrngEngine.Tests.Sources.Auxiliary;

/// <summary>The auxiliary pool in its plainest form: all bytes in a list, bits in a ledger, somebody else's hash.</summary>
internal sealed class PoolModel(HashCase hash, int oversamplingBits)
{
    private HashCase _hash = hash;
    private List<byte> _content = [];

    public string HashName => _hash.Name;

    public int EntropyBits { get; private set; }

    public int CapacityBits => _hash.BouncyCastle().GetDigestSize() * 8;

    /// <summary>Bits that were claimed, each for a bit of data, or set by the administrator.</summary>
    public long InsertedBits { get; private set; }

    /// <summary>Bits that nobody gets: no room, a narrower hash, oversampling, set back, discarded.</summary>
    public long LostBits { get; private set; }

    public void Insert(byte[] data, long bits)
    {
        _content.AddRange(data);
        long claimed = Math.Clamp(bits, 0, 8L * data.Length);
        InsertedBits += claimed;
        SetTo((int)Math.Min(EntropyBits + claimed, CapacityBits), EntropyBits + claimed);
    }

    /// <summary>What a request is credited now.</summary>
    public int Available(int requestedBits) =>
        Math.Max(0, Math.Min(EntropyBits, WholeBytes(requestedBits) + oversamplingBits) - oversamplingBits);

    /// <summary>D = H(pool); output = H(1 || D); pool = H(2 || D).</summary>
    public byte[] Pull(int requestedBits)
    {
        int request = WholeBytes(requestedBits);
        int credit = Available(requestedBits);
        int taken = Math.Min(EntropyBits, request + oversamplingBits);
        LostBits += taken - credit;
        EntropyBits -= taken;

        byte[] digest = Digest(_hash, _content);
        _content = [.. Digest(_hash, [2, .. digest])];
        return Digest(_hash, [1, .. digest])[..(request / 8)];
    }

    public void Switch(HashCase hash)
    {
        _content = [.. Digest(_hash, _content)];
        int narrower = Math.Min(CapacityBits, hash.BouncyCastle().GetDigestSize() * 8);
        _hash = hash;
        SetTo(Math.Min(EntropyBits, narrower), EntropyBits);
    }

    public void SetEntropy(int bits)
    {
        int set = Math.Clamp(bits, 0, CapacityBits);
        InsertedBits += Math.Max(0, set - EntropyBits);
        SetTo(set, Math.Max(set, EntropyBits));
    }

    // What was there, or came, and does not stay is lost.
    private void SetTo(int bits, long was)
    {
        LostBits += was - bits;
        EntropyBits = bits;
    }

    private int WholeBytes(int bits) => Math.Min(bits, CapacityBits) / 8 * 8;

    private static byte[] Digest(HashCase hash, List<byte> input)
    {
        IDigest digest = hash.BouncyCastle();
        digest.BlockUpdate([.. input], 0, input.Count);
        byte[] output = new byte[digest.GetDigestSize()];
        digest.DoFinal(output, 0);
        return output;
    }
}
