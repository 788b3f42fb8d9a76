// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Interop;
using LrngCuse.Sampling;
using LrngEngine.Memory;
using LrngEngine.Recording;
using LrngEngine.Sources;
using LrngEngine.Sources.Interrupts;
using LrngEngine.Sources.Scheduler;
using LrngEngine.Timing;

namespace LrngCuse.Recording;

/// <summary>Makes recorded values of events: a source of its own, which seeds nothing, takes the events on the path on which the
/// daemon's does, and its recorder gets what is wanted (SP 800-90B 3.2.4).</summary>
internal sealed class EventValues : IDisposable
{
    // One event gives at most one value or one array of words; no recorder is filled by so many.
    private const int PieceEvents = 256;

    private readonly SecretArena _arena;
    private readonly GreatestCommonDivisor _divisor;
    private readonly TimerSource _source;
    private readonly RawNoiseRecorder _recorder;
    private readonly TimerRecord[] _records = new TimerRecord[PieceEvents];
    private readonly ulong[] _values = new ulong[CollectionPool.LargestSlots];

    /// <param name="source">What is recorded.</param>
    /// <param name="possibleCpus">One more than the largest number of a CPU.</param>
    internal EventValues(RawSource source, int possibleCpus)
    {
        _arena = new SecretArena(TimerSource.ArenaBytes + GreatestCommonDivisor.ArenaBytes);
        _divisor = new GreatestCommonDivisor(_arena);
        var options = new TimerSourceOptions { PossibleCpus = possibleCpus, Counter = new ShimCycleCounter() };
        _source = RawSources.EventOf(source) == TimerEvent.Interrupt
            ? new InterruptSource(_arena, _divisor, options)
            : new SchedulerSource(_arena, _divisor, options);
        _recorder = RecorderOf(source);
        _recorder.Start();
    }

    /// <summary>Values that were lost on the way.</summary>
    internal long Overruns => _recorder.Overruns;

    /// <summary>Whether the source takes events no more; what it costs then is not what it costs otherwise.</summary>
    internal bool HasFailed => _source.Status.State == SourceState.Failed;

    internal void Take(ReadOnlySpan<MergedEvent> events, SampleBuffer samples)
    {
        while (!events.IsEmpty)
        {
            int cpu = events[0].Cpu;
            int count = 0;
            while (count < Math.Min(events.Length, PieceEvents) && events[count].Cpu == cpu)
            {
                PerfRecord record = events[count].Record;
                _records[count++] = new TimerRecord(record.TimeNanoseconds, record.Detail);
            }

            _source.Record(cpu, _records.AsSpan(0, count));
            samples.Add(_values.AsSpan(0, _recorder.Read(_values)));
            events = events[count..];
        }
    }

    public void Dispose()
    {
        _source.Dispose();
        _divisor.Dispose();
        _arena.Dispose();
    }

    private RawNoiseRecorder RecorderOf(RawSource source) => source switch
    {
        RawSource.IrqOther or RawSource.SchedOther => _source.OtherRecorder,
        RawSource.IrqArray or RawSource.SchedArray => _source.ArrayRecorder,
        RawSource.IrqCost or RawSource.SchedCost => _source.CostRecorder,
        _ => _source.Recorder,
    };
}
