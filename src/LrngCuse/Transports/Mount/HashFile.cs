// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Interop;
using LrngEngine.Crypto;
using LrngEngine.Memory;
using LrngEngine.SelfTests;

namespace LrngCuse.Transports.Mount;

/// <summary>A file that hashes what was written to it last, as LRNG's lrng_testing/lrng_acvt_hash. Thread-safe.</summary>
/// <param name="name">Its name in its directory.</param>
/// <param name="hash">The hash in force.</param>
internal sealed class HashFile(string name, Func<ConditioningHashFactory> hash) : MountNode(name, Linux.S_IFREG | 0b110_000_000)
{
    /// <summary>Longest message (LRNG_ACVT_MAX_SHA_MSG).</summary>
    internal const int MaximumMessageBytes = 8192;

    private const int ArenaBytes = 4096;

    private readonly Lock _lock = new();

    // Guarded by _lock. Outlives those who write: a test writes with one program and reads with the next.
    private byte[] _message = [];

    /// <summary>Takes a message in place of the one before.</summary>
    /// <returns>0, or EINVAL if it is too long; the one before is kept.</returns>
    internal int Write(ReadOnlySpan<byte> message)
    {
        if (message.Length > MaximumMessageBytes)
        {
            return Linux.EINVAL;
        }

        lock (_lock)
        {
            _message = message.ToArray();
        }

        return 0;
    }

    /// <summary>Writes the digest, or as many bytes of its beginning as are asked for.</summary>
    /// <param name="output">All that is asked for.</param>
    /// <returns>0, or EINVAL if it is more than a digest.</returns>
    internal int Read(Span<byte> output)
    {
        ConditioningHashFactory inForce = hash();
        Span<byte> digest = stackalloc byte[inForce.DigestBits / 8];
        if (output.Length > digest.Length)
        {
            return Linux.EINVAL;
        }

        // Messages are test data: they take nothing from the limit of locked memory.
        using var arena = new SecretArena(ArenaBytes, new UnlockedMemoryCalls());
        using ConditioningHash instance = inForce.Create(arena);
        lock (_lock)
        {
            instance.Update(_message);
        }

        instance.Finish(digest);
        digest[..output.Length].CopyTo(output);
        return 0;
    }
}
