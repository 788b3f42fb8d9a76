// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;

namespace LrngEngine.Sources;

/// <summary>A hash that a source is about to change to. Disposed without <see cref="Commit"/> it was never there.</summary>
/// <param name="hash">Initialised.</param>
/// <param name="commit">Takes it over; cannot fail.</param>
internal sealed class PreparedHash(ConditioningHash hash, Action<ConditioningHash> commit) : IDisposable
{
    private bool _committed;

    /// <summary>Changes to it. At most once.</summary>
    internal void Commit()
    {
        _committed = true;
        commit(hash);
    }

    public void Dispose()
    {
        if (!_committed)
        {
            hash.Dispose();
        }
    }
}
