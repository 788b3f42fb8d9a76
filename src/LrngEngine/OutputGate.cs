// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Security.Cryptography;
using LrngEngine.Drng;
using LrngEngine.Seeding;

namespace LrngEngine;

/// <summary>
/// Holds callers until the seed level that they ask for is reached, and generates for them in pieces. Between two pieces it
/// looks at the gate, the caller's cancellation and the end of the generator again. Thread-safe.
/// </summary>
internal sealed class OutputGate
{
    /// <summary>Bytes between two looks: a few microseconds of generating.</summary>
    private const int PieceBytes = 16 * DrngInstance.MaximumChunkBytes;

    private readonly DrngManager _manager;
    private readonly RunningCalls _calls;

    // Pulsed when a waiter may go on or must give up; what they look at changes before.
    private readonly object _signal = new();

    internal OutputGate(DrngManager manager, RunningCalls calls)
    {
        _manager = manager;
        _calls = calls;
    }

    /// <summary>Has every waiter look again.</summary>
    internal void Wake()
    {
        lock (_signal)
        {
            Monitor.PulseAll(_signal);
        }
    }

    /// <summary>Fills <paramref name="output"/>; waits where <paramref name="level"/> is more than unseeded.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up. What was written is zero again, also below.</exception>
    /// <exception cref="ObjectDisposedException">The generator ended.</exception>
    internal void Generate(Span<byte> output, SeedLevel level, CancellationToken cancellation)
    {
        int written = 0;
        try
        {
            while (written < output.Length)
            {
                Await(GateOf(level), cancellation);
                Span<byte> piece = output.Slice(written, Math.Min(PieceBytes, output.Length - written));
                written += Generate(piece, level);
            }
        }
        catch
        {
            CryptographicOperations.ZeroMemory(output[..written]);
            throw;
        }
    }

    /// <summary>Fills <paramref name="output"/> with one pull of the sources for every 32 bytes.</summary>
    /// <returns>Bytes written: fewer than asked for when the sources gave out.</returns>
    internal int PullPredictionResistant(Span<byte> output, CancellationToken cancellation)
    {
        int written = 0;
        try
        {
            while (written < output.Length)
            {
                Await(static manager => manager.Operational, cancellation);
                Span<byte> piece = output[written..];
                piece = piece[..Math.Min(DrngManager.PredictionResistantChunkBytes, piece.Length)];
                int bytes = _manager.PullPredictionResistant(piece);
                written += bytes;
                if (bytes < piece.Length)
                {
                    break;
                }
            }
        }
        catch
        {
            CryptographicOperations.ZeroMemory(output[..written]);
            throw;
        }

        return written;
    }

    /// <summary>Waits until every DRNG is fully seeded and the sources have enough for a seed, and writes one.</summary>
    /// <returns>Its credited bits.</returns>
    internal int GetSeed(Span<byte> output, bool fullySeeded, CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                Await(static manager => manager.AllNodesSeeded, cancellation);
                int bits = _manager.TryGetSeed(output, fullySeeded);
                if (bits > 0)
                {
                    return bits;
                }

                // The sources are drained; they do not tell when they have enough again.
                Pause(_manager.Options.RetryInterval, cancellation);
            }
        }
        catch
        {
            CryptographicOperations.ZeroMemory(output);
            throw;
        }
    }

    private int Generate(Span<byte> piece, SeedLevel level)
    {
        if (level == SeedLevel.FullySeeded)
        {
            return _manager.GenerateWithinLimit(piece);
        }

        _manager.Generate(piece);
        return piece.Length;
    }

    private static Func<DrngManager, bool> GateOf(SeedLevel level) => level switch
    {
        SeedLevel.Unseeded => static _ => true,
        SeedLevel.FullySeeded => static manager => manager.HasOutput,
        _ => static manager => manager.MinimallySeeded,
    };

    private void Await(Func<DrngManager, bool> isOpen, CancellationToken cancellation)
    {
        ThrowIfEnded(cancellation);
        if (isOpen(_manager))
        {
            return;
        }

        // Unregistered after the lock is released: that waits for a callback in progress, which takes the lock.
        using CancellationTokenRegistration registration = cancellation.UnsafeRegister(static gate => ((OutputGate)gate!).Wake(), this);
        lock (_signal)
        {
            while (!isOpen(_manager) && !IsOver(cancellation))
            {
                _ = Monitor.Wait(_signal);
            }
        }

        ThrowIfEnded(cancellation);
    }

    private void Pause(TimeSpan interval, CancellationToken cancellation)
    {
        using CancellationTokenRegistration registration = cancellation.UnsafeRegister(static gate => ((OutputGate)gate!).Wake(), this);
        lock (_signal)
        {
            if (!IsOver(cancellation))
            {
                _ = Monitor.Wait(_signal, interval);
            }
        }

        ThrowIfEnded(cancellation);
    }

    private bool IsOver(CancellationToken cancellation) =>
        _calls.Closed || _manager.Errors.IsEntered || cancellation.IsCancellationRequested;

    private void ThrowIfEnded(CancellationToken cancellation)
    {
        _calls.ThrowIfClosed();
        _manager.Errors.ThrowIfEntered();
        cancellation.ThrowIfCancellationRequested();
    }
}
