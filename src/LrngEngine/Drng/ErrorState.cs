// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Drng;

/// <summary>The error state of a generator (SP 800-90A 11.3.6): entered once and never left. Thread-safe.</summary>
internal sealed class ErrorState
{
    private volatile string? _reason;

    /// <summary>Raised once, after <see cref="IsEntered"/> has become true. Handlers must not block.</summary>
    internal event Action? Entered;

    internal bool IsEntered => _reason is not null;

    /// <summary>What failed; null if it was not entered.</summary>
    internal string? Reason => _reason;

    /// <param name="reason">What failed.</param>
    internal void Enter(string reason)
    {
        if (Interlocked.CompareExchange(ref _reason, reason, null) is null)
        {
            Entered?.Invoke();
        }
    }

    /// <exception cref="GeneratorFailedException">It was entered.</exception>
    internal void ThrowIfEntered()
    {
        if (IsEntered)
        {
            throw ToException();
        }
    }

    /// <summary>What callers get. It was entered.</summary>
    internal GeneratorFailedException ToException() => new(_reason!);
}
