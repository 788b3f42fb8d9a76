// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Sources.Auxiliary;

namespace LrngEngine.Drng;

/// <summary>When those who feed the auxiliary pool are asked for entropy (reference 7.6): while it holds less than
/// write_wakeup_threshold, and once by each seeding. LRNG keeps the latter as one flag that the first poller clears; here it is a
/// count, so that each provider finds out for itself whether it has answered. Thread-safe.</summary>
internal sealed class EntropyDemand
{
    private readonly AuxiliaryPool _pool;
    private readonly Lock _lock = new();

    // Written under _lock.
    private volatile int _writeWakeupThreshold;

    private long _invitations;

    internal EntropyDemand(AuxiliaryPool pool)
    {
        _pool = pool;
        _writeWakeupThreshold = pool.MaximumAvailableBits;
        pool.CreditLowered += OnChanged;
    }

    /// <summary>Raised when more may be wanted than before. Handlers must not block.</summary>
    internal event Action? Changed;

    /// <summary>Bits below which the pool asks for more.</summary>
    internal int WriteWakeupThreshold => _writeWakeupThreshold;

    /// <summary>Seedings so far.</summary>
    internal long Invitations => Interlocked.Read(ref _invitations);

    internal bool BelowThreshold => _pool.AvailableBits < _writeWakeupThreshold;

    /// <returns>False, and nothing has changed, if the pool cannot hold so much.</returns>
    internal bool TrySetThreshold(int bits)
    {
        lock (_lock)
        {
            if (bits < 0 || bits > _pool.MaximumAvailableBits)
            {
                return false;
            }

            _writeWakeupThreshold = bits;
        }

        OnChanged();
        return true;
    }

    /// <summary>The sources were pulled for a seeding.</summary>
    internal void Invite()
    {
        Interlocked.Increment(ref _invitations);
        OnChanged();
    }

    /// <summary>The hash was switched: the pool holds another amount, and wants that (reference 7.7).</summary>
    internal void ResetThreshold()
    {
        lock (_lock)
        {
            _writeWakeupThreshold = _pool.MaximumAvailableBits;
        }

        OnChanged();
    }

    private void OnChanged() => Changed?.Invoke();
}
