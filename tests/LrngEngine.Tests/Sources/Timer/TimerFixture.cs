// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;
using LrngEngine.Health;
using LrngEngine.Memory;
using LrngEngine.Sources;
using LrngEngine.Sources.Interrupts;
using LrngEngine.Sources.Scheduler;
using LrngEngine.Tests.Drng;
using LrngEngine.Timing;

namespace LrngEngine.Tests.Sources.Timer;

/// <summary>A timer-based source with what it needs, what it logged and which failures it told.</summary>
internal sealed class TimerFixture : IDisposable
{
    private readonly SecretArena _arena = new(64 * 1024);

    public TimerFixture(TimerSourceOptions? options = null, Func<SecretArena, ConditioningHash>? createHash = null, bool scheduler = false)
    {
        Divisor = new GreatestCommonDivisor(_arena, Log);
        TimerSourceOptions chosen = (options ?? new TimerSourceOptions { EventsPer256Bits = 256 }) with { Logger = Log };
        chosen = chosen with { PossibleCpus = Math.Max(chosen.PossibleCpus, 4) };
        Source = scheduler
            ? new SchedulerSource(_arena, Divisor, chosen, createHash)
            : new InterruptSource(_arena, Divisor, chosen, createHash);
        Source.Steps = Steps;
        Source.HealthFailed += (_, failure) => Failures.Add(failure);
    }

    public GreatestCommonDivisor Divisor { get; }

    public TimerSource Source { get; }

    public RecordedLog Log { get; } = new();

    public RecordedLog Steps { get; } = new();

    public List<HealthFailedEventArgs> Failures { get; } = [];

    public string Details => Source.Status.Details;

    /// <summary>Runs the start-up test with events that count, and drops what they count.</summary>
    public TimerFixture Started(TimerStream? stream = null, int events = 1024)
    {
        Source.Record(0, (stream ?? new TimerStream()).Good(events));
        Assert.That(Source.Status.State, Is.EqualTo(SourceState.Running));
        while (Source.GetEntropy(new byte[48], 384) > 0)
        {
        }

        _ = Source.GetEntropy(new byte[48], 384);
        return this;
    }

    public int Pull(int bits = 256) => Source.GetEntropy(new byte[64], bits);

    public void Dispose()
    {
        Source.Dispose();
        Divisor.Dispose();
        _arena.Dispose();
    }
}
