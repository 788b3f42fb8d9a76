// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine;

/// <content>Seeds for DRNGs of the caller's own.</content>
public sealed partial class LrngGenerator
{
    /// <summary>Bytes of a seed: two words and the seed buffer of all sources.</summary>
    public int SeedBytes
    {
        get
        {
            using RunningCalls.Call call = _calls.Enter();
            return Manager.SeedBytes;
        }
    }

    /// <summary>
    /// Writes a seed for a DRNG of the caller's own (LRNG: get_seed, getrandom with GRND_SEED): one pull of all sources, of which
    /// nobody else gets anything. Its first 8 bytes are its length, the next 8 its credited bits, in the machine's byte order;
    /// the rest, as a whole, is seed material. Waits until every DRNG here is fully seeded and the sources have what a
    /// reseed takes; callers get their turns in the order of arrival.
    /// </summary>
    /// <param name="output">At least <see cref="SeedBytes"/> bytes.</param>
    /// <param name="fullySeeded">Whether the caller's DRNG was fully seeded before (GRND_FULLY_SEEDED): with
    /// <see cref="LrngGeneratorOptions.Sp80090C"/> 256 bits are asked for instead of 384.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>Credited bits, more than 0; fewer than the caller may need.</returns>
    /// <exception cref="ArgumentException"><paramref name="output"/> is too short; nothing was pulled.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    /// <exception cref="InvalidOperationException"><see cref="Start"/> was not called: it would wait for ever.</exception>
    /// <exception cref="ObjectDisposedException">The generator is or was disposed meanwhile, by another thread.</exception>
    public int GetSeed(Span<byte> output, bool fullySeeded = false, CancellationToken cancellation = default)
    {
        using RunningCalls.Call call = _calls.Enter();
        RequireRoomForSeed(output);
        RequireStarted();
        return _gate.GetSeed(output, fullySeeded, cancellation);
    }

    /// <summary>The same without waiting.</summary>
    /// <param name="output">At least <see cref="SeedBytes"/> bytes.</param>
    /// <param name="fullySeeded">As for <see cref="GetSeed"/>.</param>
    /// <param name="creditedBits">Credited bits, 0 if the sources have less than a reseed takes.</param>
    /// <returns>False, and nothing is written, while not every DRNG here is fully seeded.</returns>
    /// <exception cref="ArgumentException"><paramref name="output"/> is too short; nothing was pulled.</exception>
    /// <exception cref="ObjectDisposedException">The generator is disposed.</exception>
    public bool TryGetSeed(Span<byte> output, bool fullySeeded, out int creditedBits)
    {
        using RunningCalls.Call call = _calls.Enter();
        RequireRoomForSeed(output);
        int bits = Manager.TryGetSeed(output, fullySeeded);
        creditedBits = Math.Max(bits, 0);
        return bits >= 0;
    }

    private void RequireRoomForSeed(ReadOnlySpan<byte> output)
    {
        if (output.Length < Manager.SeedBytes)
        {
            throw new ArgumentException($"a seed has {Manager.SeedBytes} bytes, the buffer {output.Length}", nameof(output));
        }
    }
}
