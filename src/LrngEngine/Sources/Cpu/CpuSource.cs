// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.InteropServices;
using LrngEngine.Crypto;
using LrngEngine.Memory;

namespace LrngEngine.Sources.Cpu;

/// <summary>
/// The CPU's own generator as entropy source "CPU": RDSEED, retried; else RDRAND, compressed 512 times. If neither delivers, the
/// source has failed for good (LRNG sets its rate to 0).
/// </summary>
public sealed class CpuSource : EntropySource, ICreditedSource
{
    // Intel advises ten attempts with pauses for RDRAND; RDSEED runs dry far sooner under load.
    private const int Attempts = 10;

    // Iterations of the pause between two attempts, growing with each.
    private const int PauseIterations = 16;

    // Intel: 512 samples of 128 bits guarantee that the DRBG behind RDRAND was reseeded in between.
    private const int RdrandCompression = 512;

    private const int WordBits = 64;

    private readonly CpuGenerator _generator;
    private readonly bool _compressRdrand;
    private readonly int _oversamplingBits;
    private volatile SourceCredit _credit;
    private volatile bool _failed;

    // Guards the buffers below.
    private readonly Lock _lock = new();
    private readonly ConditioningHash _hash;
    private readonly SecretBuffer _words;

    /// <summary>Makes the source; nothing is read yet.</summary>
    /// <param name="generator">The instructions.</param>
    /// <param name="arena">Where intermediate data lives: about 450 bytes.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    public CpuSource(CpuGenerator generator, SecretArena arena, CpuOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(arena);
        options ??= new CpuOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(options.OversamplingBits, nameof(options));
        _generator = generator;
        _compressRdrand = options.CompressRdrand;
        _oversamplingBits = options.OversamplingBits;
        _credit = options.Credit;
        _hash = new Sha512Hash(arena);
        _words = arena.Allocate(_hash.DigestBytes);
    }

    /// <inheritdoc/>
    public override string Name => "CPU";

    /// <summary>Credit of every 256 data bits.</summary>
    public SourceCredit Credit
    {
        get => _credit;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _credit = value;
        }
    }

    /// <inheritdoc/>
    public override SourceStatus Status
    {
        get
        {
            if (!Exists)
            {
                return new SourceStatus(SourceState.Unavailable, 0, "the CPU has no generator, or the kernel has masked it");
            }

            if (_failed)
            {
                return new SourceStatus(SourceState.Failed, 0, "neither RDSEED nor RDRAND delivered data");
            }

            string details = _generator.HasRdseed ? "instruction RDSEED"
                : _compressRdrand ? $"instruction RDRAND, compressed {RdrandCompression} times"
                : "instruction RDRAND, raw";
            return Earns
                ? new SourceStatus(SourceState.Running, _credit.BitsPer256, _credit.Reason, details)
                : new SourceStatus(SourceState.Running, 0, "RDRAND earns nothing uncompressed", details);
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> TypeLines
    {
        get
        {
            bool compresses = !_generator.HasRdseed && _compressRdrand;
            return
            [
                $"Hash for compressing data: {(compresses ? _hash.Name : "N/A")}",
                $"Available entropy: {AvailableEntropy(EntropyMath.RateUnitBits)}",
                $"Data multiplier: {(compresses ? RdrandCompression : 1)}",
            ];
        }
    }

    private bool Exists => _generator.HasRdseed || _generator.HasRdrand;

    private bool Earns => _generator.HasRdseed || _compressRdrand;

    /// <inheritdoc/>
    public override int GetEntropy(Span<byte> slot, int requestedBits)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(requestedBits);
        ArgumentOutOfRangeException.ThrowIfNotEqual(requestedBits % WordBits, 0, nameof(requestedBits));
        lock (_lock)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(requestedBits, Math.Min(slot.Length, _words.Length) * 8);
            return !Exists || _failed ? 0 : GetEntropyCore(slot[..(requestedBits / 8)]);
        }
    }

    /// <inheritdoc/>
    public override int AvailableEntropy(int requestedBits) =>
        Exists && !_failed && Earns ? EntropyMath.FastLevel(_credit.BitsPer256, requestedBits) : 0;

    /// <inheritdoc/>
    public override void Dispose()
    {
        lock (_lock)
        {
            _words.Dispose();
            _hash.Dispose();
        }
    }

    // Under _lock.
    private int GetEntropyCore(Span<byte> data)
    {
        Span<ulong> words = MemoryMarshal.Cast<byte, ulong>(_words.Span)[..(data.Length / sizeof(ulong))];
        try
        {
            int seedWords = ReadWords(words);
            if (seedWords < 0)
            {
                return Fail();
            }

            MemoryMarshal.AsBytes(words).CopyTo(data);
            int creditedDataBits = seedWords * WordBits;
            if (seedWords < words.Length && _compressRdrand)
            {
                if (!TryCompressRdrand(data))
                {
                    data.Clear();
                    return Fail();
                }

                creditedDataBits = data.Length * 8;
            }

            return EntropyMath.FastLevel(_credit.BitsPer256, creditedDataBits);
        }
        finally
        {
            _words.Wipe();
        }
    }

    private int Fail()
    {
        _failed = true;
        return 0;
    }

    // Returns how many words came from RDSEED, the others being RDRAND's; -1 if both failed.
    private int ReadWords(Span<ulong> words)
    {
        int seedWords = 0;
        ulong previous = 0;
        bool seeding = _generator.HasRdseed;
        for (int i = 0; i < words.Length; i++)
        {
            // Once dry, RDSEED is not asked again within this request: ten more attempts for each word would only stall.
            seeding = seeding && TryRead(rdseed: true, ref previous);
            if (!seeding && !TryRead(rdseed: false, ref previous))
            {
                return -1;
            }

            seedWords += seeding ? 1 : 0;
            words[i] = previous;
        }

        return seedWords;
    }

    // total = (bits + oversampling) * 512 data bits -> hash, truncated to the request.
    private bool TryCompressRdrand(Span<byte> data)
    {
        Span<ulong> block = MemoryMarshal.Cast<byte, ulong>(_words.Span);
        long remaining = ((data.Length * 8L) + _oversamplingBits) * RdrandCompression / WordBits;
        ulong previous = 0;
        _hash.Initialize();
        while (remaining > 0)
        {
            int count = (int)Math.Min(remaining, block.Length);
            for (int i = 0; i < count; i++)
            {
                if (!TryRead(rdseed: false, ref previous))
                {
                    _hash.Initialize();
                    return false;
                }

                block[i] = previous;
            }

            _hash.Update(MemoryMarshal.AsBytes(block[..count]));
            remaining -= count;
        }

        _hash.Finish(_words.Span);
        _words.Span[..data.Length].CopyTo(data);
        Log.CpuPulled(Steps, ((data.Length * 8L) + _oversamplingBits) * RdrandCompression);
        return true;
    }

    // A word equal to the one before counts as a failed read: some CPUs answered a constant after a resume from sleep. A good
    // generator does so with probability 2^-64, and is read again.
    private bool TryRead(bool rdseed, ref ulong previous)
    {
        if (!rdseed && !_generator.HasRdrand)
        {
            return false;
        }

        for (int attempt = 1; attempt <= Attempts; attempt++)
        {
            if ((rdseed ? _generator.TryRdseed(out ulong word) : _generator.TryRdrand(out word)) && word != previous)
            {
                previous = word;
                return true;
            }

            Thread.SpinWait(attempt * PauseIterations);
        }

        return false;
    }
}
