// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Drng;
using LrngEngine.Seeding;
using LrngEngine.Sources.Jitter;
using LrngEngine.Tests.Drng;
using LrngEngine.Tests.Sources.Cpu;
using LrngEngine.Tests.Sources.Jitter;
using LrngEngine.Timing;
using Microsoft.Extensions.Time.Testing;

namespace LrngEngine.Tests.Generators;

/// <summary>A generator whose only source is the auxiliary pool, unless options say otherwise: it is seeded when a test feeds it.</summary>
internal sealed class GeneratorFixture : IDisposable
{
    // Only a broken product reaches it.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    internal GeneratorFixture(Func<LrngGeneratorOptions, LrngGeneratorOptions>? change = null)
    {
        LrngGeneratorOptions options = Options(Log, Clock) with { JitterEnabled = false, CpuEnabled = false, KernelEnabled = false };
        Generator = new LrngGenerator(change is null ? options : change(options));
    }

    internal LrngGenerator Generator { get; }

    internal RecordedLog Log { get; } = new();

    internal FakeTimeProvider Clock { get; } = new();

    /// <summary>Every source is there and deterministic.</summary>
    internal static LrngGeneratorOptions Options(RecordedLog log, TimeProvider? clock = null) => new()
    {
        Jitter = new JitterOptions { BufferBlocks = 32, MemoryBytes = 64 * 1024 },
        Topology = NodeTopology.OneForAll,
        CycleCounter = new SharedCounter(),
        CpuGenerator = new FakeCpuGenerator(call => FakeCpuGenerator.SeedWord(call), null),
        KernelRandom = new FakeKernelRandom(),
        TimeProvider = clock ?? new FakeTimeProvider(),
        Logger = log,
    };

    internal static void Eventually(Func<bool> condition, string what) => ManagerFixture.Eventually(condition, what);

    /// <summary>Runs it on a thread and returns when that waits.</summary>
    internal static Task RunUntilItWaits(Action action)
    {
        var done = new TaskCompletionSource();
        var thread = new Thread(() =>
        {
            try
            {
                action();
                done.SetResult();
            }
            catch (Exception error)
            {
                done.SetException(error);
            }
        })
        {
            IsBackground = true,
        };
        thread.Start();
        Eventually(() => done.Task.IsCompleted || thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin), "the thread waits");
        Assert.That(done.Task.IsCompleted, Is.False, "it did not wait");
        return done.Task.WaitAsync(s_patience);
    }

    /// <summary>Feeds full entropy.</summary>
    internal void Feed(int bits) => Generator.AddEntropy(new byte[bits / 8], bits);

    internal void FeedUntil(SeedLevel level)
    {
        Feed((int)level);
        Eventually(() => Generator.Status.Level == level, $"level {level}");
    }

    internal void StartAndAwait(SeedLevel level)
    {
        Generator.Start();
        FeedUntil(level);
    }

    public void Dispose() => Generator.Dispose();

    // The counter's users are several threads here.
    private sealed class SharedCounter : CycleCounter
    {
        private readonly ScriptedCounter _counter = new(ScriptedCounter.Jitter);

        public override ulong Read()
        {
            lock (_counter)
            {
                return _counter.Read();
            }
        }
    }
}
