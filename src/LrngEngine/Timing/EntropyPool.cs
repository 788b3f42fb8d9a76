// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using LrngEngine.Crypto;
using LrngEngine.Memory;
using LrngEngine.Recording;

namespace LrngEngine.Timing;

/// <summary>
/// One CPU's entropy pool: the collection array and the running hash that takes it in whenever it is full. Not synchronised.
/// </summary>
/// <remarks>
/// Extraction, with || for concatenation: D = H(pool || array); output = H(1 || D); key = H(2 || D); the next pool begins with the
/// whole key and an empty array. LRNG uses D both as output and as key and keeps the array, so that a seed and what the pool holds
/// after it are not independent; here events put back stand for the surplus of D that lives on in the key.
/// </remarks>
internal sealed class EntropyPool : IDisposable
{
    /// <summary>SHA-512 and SHA3-512.</summary>
    public const int LargestDigestBytes = 64;

    /// <summary>Bytes of intermediate digests that an extraction needs.</summary>
    public const int ScratchBytes = 2 * LargestDigestBytes;

    private const byte OutputDomain = 1;
    private const byte KeyDomain = 2;

    private readonly CollectionPool _array;
    private readonly bool _compresses;
    private readonly RawNoiseRecorder? _arrays;
    private ConditioningHash _hash;

    /// <param name="arena">Where the array lives.</param>
    /// <param name="hash">The conditioner, initialised; the pool owns it from now on.</param>
    /// <param name="slots">Slots of the array.</param>
    /// <param name="compresses">Continuous compression: a full array is hashed; otherwise it is only written over.</param>
    /// <param name="arrays">Takes full arrays while it is active.</param>
    public EntropyPool(SecretArena arena, ConditioningHash hash, int slots, bool compresses, RawNoiseRecorder? arrays = null)
    {
        Debug.Assert(hash.DigestBytes <= LargestDigestBytes, "the scratch holds the largest digest");
        _hash = hash;
        _compresses = compresses;
        _arrays = arrays;
        _array = new CollectionPool(arena, slots);
    }

    /// <summary>Mixes in the 8 bits of an event.</summary>
    /// <returns>True if a recording took the array: what was collected in it is known.</returns>
    public bool AddSlot(byte value) => _array.AddSlot(value) && Compress();

    /// <summary>Mixes in 32 bits.</summary>
    /// <returns>As <see cref="AddSlot"/>.</returns>
    public bool AddWord(uint data)
    {
        bool recorded = _array.BeginWord(data) && Compress();
        _array.EndWord(data);
        return recorded;
    }

    /// <summary>Gives this pool's part of a seed to the outer hash, and re-keys the pool.</summary>
    /// <param name="outer">The hash over all CPUs.</param>
    /// <param name="scratch"><see cref="ScratchBytes"/> of locked memory, wiped at the end.</param>
    public void Extract(ConditioningHash outer, Span<byte> scratch)
    {
        int length = _hash.DigestBytes;
        Span<byte> pool = scratch[..length];
        Span<byte> derived = scratch.Slice(LargestDigestBytes, length);
        try
        {
            // D = H(pool || array)
            _hash.Update(_array.Content);
            _array.Wipe();
            _hash.Finish(pool);

            // output = H(1 || D)
            Derive(OutputDomain, pool, derived);
            outer.Update(derived);

            // key = H(2 || D); pool = key
            Derive(KeyDomain, pool, derived);
            _hash.Update(derived);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(scratch);
        }
    }

    /// <summary>Replaces the conditioner: the digest of what the old one holds begins the new one. The array stays.</summary>
    /// <param name="hash">Initialised; the pool owns it from now on, and the old one is disposed.</param>
    /// <param name="scratch">As for <see cref="Extract"/>.</param>
    public void SwitchHash(ConditioningHash hash, Span<byte> scratch)
    {
        Span<byte> digest = scratch[.._hash.DigestBytes];
        _hash.Finish(digest);
        hash.Update(digest);
        CryptographicOperations.ZeroMemory(scratch);
        _hash.Dispose();
        _hash = hash;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _array.Dispose();
        _hash.Dispose();
    }

    private bool Compress()
    {
        if (_arrays is { IsActive: true } && TryRecord(_arrays))
        {
            return true;
        }

        if (_compresses)
        {
            _hash.Update(_array.Content);
        }

        return false;
    }

    // An array of which a part was recorded counts as recorded.
    private bool TryRecord(RawNoiseRecorder arrays)
    {
        bool recorded = false;
        foreach (uint word in MemoryMarshal.Cast<byte, uint>(_array.Content))
        {
            recorded |= arrays.TryRecord(word);
        }

        return recorded;
    }

    private void Derive(byte domain, ReadOnlySpan<byte> pool, Span<byte> derived)
    {
        _hash.Update([domain]);
        _hash.Update(pool);
        _hash.Finish(derived);
    }
}
