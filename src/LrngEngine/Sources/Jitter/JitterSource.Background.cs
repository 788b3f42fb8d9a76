// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Memory;
using Tmds.Linux;

namespace LrngEngine.Sources.Jitter;

/// <content>The thread that fills the buffer: some blocks at full speed, the rest at leisure, then it sleeps.</content>
public sealed partial class JitterSource
{
    // The first seeding pulls a few blocks: node 0 and the prediction-resistance instance, two pulls each with the default
    // credits. They are made without pauses, all later ones with.
    private const int UrgentBlocks = 4;

    // After each block the thread rests this many times as long as the block took: a tenth of one CPU at most.
    private const int RestFactor = 9;

    // The thread's nice value once the urgent blocks are there.
    private const int BackgroundNice = 10;

    private readonly Func<bool> _yieldRequested;
    private readonly SecretBuffer? _spare;
    private readonly Thread? _thread;
    private readonly ManualResetEventSlim _stop = new();
    private readonly AutoResetEvent _room = new(initialState: false);

    // Callers that want the collector; the thread gives it up between two measurements.
    private int _waiting;

    private bool TakeBuffered(Span<byte> data, out int credit)
    {
        if (!_buffer!.TryTake(data, out credit))
        {
            return false;
        }

        // LRNG wakes its worker at every quarter: one wake-up for many blocks.
        if (_buffer.Count % (_buffer.Capacity / 4) == 0)
        {
            _room.Set();
        }

        return true;
    }

    private void FillBuffer()
    {
        int filled = 0;
        while (TryFillUp(ref filled))
        {
            // Asleep while the buffer is full enough; a request that was served meanwhile has left its signal.
            _ = _room.WaitOne();
        }
    }

    // False when the thread has nothing to do any more.
    private bool TryFillUp(ref int filled)
    {
        while (_buffer!.Count < _buffer.Capacity)
        {
            long began = _time.GetTimestamp();
            if (_stopping)
            {
                return false;
            }

            bool alive = TryFillOne();
            if (filled == 0)
            {
                // The start-up test is over, one way or the other: whoever waits for it may look.
                OnEntropyArrived();
            }

            if (!alive)
            {
                return false;
            }

            filled++;
            if (filled == UrgentBlocks)
            {
                // On Linux nice(2) concerns the calling thread only. Refused is no harm.
                _ = LibC.nice(BackgroundNice);
            }

            if (filled >= UrgentBlocks && _buffer.Count < _buffer.Capacity)
            {
                Rest(_time.GetElapsedTime(began) * RestFactor);
            }
        }

        return !_stopping;
    }

    // False when the source has failed and never delivers again.
    private bool TryFillOne()
    {
        JitterCollection result;
        lock (_collecting)
        {
            if (!EnsureStarted())
            {
                return false;
            }

            int credit = EntropyMath.FastLevel(_credit.BitsPer256, _options.BlockBits);
            result = CollectCore(_spare!.Span, _yieldRequested);
            if (result == JitterCollection.Complete)
            {
                _ = _buffer!.TryAdd(_spare.Span, credit);
                _spare.Wipe();
            }
        }

        TellFailure();
        if (result == JitterCollection.Interrupted && !_stopping)
        {
            // Lets the waiter have the lock, which is not handed over in turn.
            Rest(TimeSpan.FromMilliseconds(1));
        }

        return true;
    }

    private void Rest(TimeSpan duration) =>
        _ = _stop.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(Math.Clamp(Math.Ceiling(duration.TotalMilliseconds), 1, 1000)));
}
