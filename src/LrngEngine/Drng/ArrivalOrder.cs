// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Drng;

/// <summary>A lock that is given to callers in the order in which they came, so that each waits for those before it only.</summary>
internal sealed class ArrivalOrder
{
    private readonly object _signal = new();

    // Guarded by _signal.
    private long _nextTicket;
    private long _served;

    /// <summary>Waits for the caller's turn.</summary>
    internal Turn Enter()
    {
        lock (_signal)
        {
            long ticket = _nextTicket++;
            while (_served != ticket)
            {
                _ = Monitor.Wait(_signal);
            }

            return new Turn(this);
        }
    }

    private void Leave()
    {
        lock (_signal)
        {
            _served++;
            Monitor.PulseAll(_signal);
        }
    }

    /// <summary>A caller's turn; ends it when disposed.</summary>
    internal readonly ref struct Turn(ArrivalOrder owner)
    {
        public void Dispose() => owner.Leave();
    }
}
