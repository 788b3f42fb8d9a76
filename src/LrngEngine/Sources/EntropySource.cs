// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Health;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LrngEngine.Sources;

/// <summary>
/// An entropy source as the seed buffer sees it (SP 800-90B 2; LRNG's entropy source callbacks). Implementations are
/// thread-safe; only the seeding worker and the prediction-resistance path call <see cref="GetEntropy"/>, one at a time.
/// </summary>
public abstract class EntropySource : IDisposable
{
    /// <summary>Raised when the source can deliver more than before, on any thread. Handlers must not block.</summary>
    public event EventHandler? EntropyArrived;

    /// <summary>Raised when a continuous health test failed, on the thread that measured. The source has discarded its own stock
    /// already; what else follows is its owner's policy. A source that goes on failing tells it once. Handlers must not block.</summary>
    public event EventHandler<HealthFailedEventArgs>? HealthFailed;

    /// <summary>LRNG's name of the source: IRQ, Scheduler, JitterRNG, CPU, KernelRNG, Auxiliary.</summary>
    public abstract string Name { get; }

    /// <summary>State, credit and the reason for both, for the status.</summary>
    public abstract SourceStatus Status { get; }

    /// <summary>What LRNG's lrng_type shows of this kind of source, a line each, without the leading blank.</summary>
    public abstract IReadOnlyList<string> TypeLines { get; }

    /// <summary>
    /// Fills the slot of a seed buffer.
    /// </summary>
    /// <param name="slot">The source's slot, zeroed by the caller.</param>
    /// <param name="requestedBits">Entropy asked for in bits, at most 8 bits for each byte of the slot.</param>
    /// <returns>The entropy credited, 0..<paramref name="requestedBits"/> bits, and never more than the whole bytes that were written
    /// carry. A source credited 0 still fills its slot.</returns>
    public abstract int GetEntropy(Span<byte> slot, int requestedBits);

    /// <summary>The entropy that <see cref="GetEntropy"/> would credit now for this request, in bits.</summary>
    public abstract int AvailableEntropy(int requestedBits);

    /// <summary>Whether what it is credited for is a stock that requests use up until more is collected, rather than made at each
    /// request. A stock is left alone as long as it cannot make a seed full.</summary>
    public virtual bool KeepsStock => false;

    /// <summary>Receives each step of a seeding.</summary>
    internal ILogger Steps { get; set; } = NullLogger.Instance;

    /// <summary>Forgets everything collected ahead and its credit: the machine was copied, or a health test failed elsewhere. A
    /// source that keeps nothing between requests has nothing to do.</summary>
    public virtual void Discard()
    {
    }

    /// <summary>Stops background work and wipes what is held.</summary>
    public abstract void Dispose();

    /// <summary>Raises <see cref="EntropyArrived"/>. To be called outside the source's locks.</summary>
    protected void OnEntropyArrived() => EntropyArrived?.Invoke(this, EventArgs.Empty);

    /// <summary>Raises <see cref="HealthFailed"/>. To be called outside the source's locks.</summary>
    protected void OnHealthFailed(HealthFailedEventArgs failure) => HealthFailed?.Invoke(this, failure);
}
