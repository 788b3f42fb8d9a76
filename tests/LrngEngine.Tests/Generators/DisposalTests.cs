// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Drng;
using LrngEngine.Seeding;
using LrngEngine.Sources;
using LrngEngine.Tests.Drng;

namespace LrngEngine.Tests.Generators;

/// <summary>The end of a generator.</summary>
[TestFixture]
internal sealed class DisposalTests
{
    // Only a broken product reaches it.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private static readonly (string Name, Action<LrngGenerator> Call)[] s_members =
    [
        ("Start", generator => generator.Start()),
        ("GetRandomBytes", generator => generator.GetRandomBytes(new byte[1])),
        ("GetRandomBytes of nothing", generator => generator.GetRandomBytes([])),
        ("GetRandomBytesMin", generator => generator.GetRandomBytesMin(new byte[1])),
        ("GetRandomBytesFull", generator => generator.GetRandomBytesFull(new byte[1])),
        ("GetRandomBytesFull of nothing", generator => generator.GetRandomBytesFull([])),
        ("GetRandomBytesPredictionResistant", generator => generator.GetRandomBytesPredictionResistant(new byte[1])),
        ("AddEntropy", generator => generator.AddEntropy([1], 8)),
        ("RequestReseed", generator => generator.RequestReseed()),
        ("ReseedAsync", generator => generator.ReseedAsync()),
        ("Status", generator => _ = generator.Status),
        ("TrySetCredit", generator => generator.TrySetCredit("CPU", new SourceCredit(1, "test"))),
    ];

    [Test]
    public void Every_member_refuses_a_disposed_generator([Values] bool started)
    {
        var fixture = new GeneratorFixture();
        if (started)
        {
            fixture.StartAndAwait(SeedLevel.FullySeeded);
        }

        fixture.Dispose();
        fixture.Dispose();
        Assert.Multiple(() =>
        {
            foreach ((string name, Action<LrngGenerator> call) in s_members)
            {
                Assert.That(
                    () => call(fixture.Generator),
                    Throws.InstanceOf<ObjectDisposedException>().With.Message.Contains(nameof(LrngGenerator)),
                    name);
            }
        });
    }

    [Test]
    public async Task Waiting_callers_wake_up()
    {
        using var fixture = new GeneratorFixture();
        fixture.Generator.Start();
        Task[] waiting =
        [
            GeneratorFixture.RunUntilItWaits(() => fixture.Generator.GetRandomBytesMin(new byte[1])),
            GeneratorFixture.RunUntilItWaits(() => fixture.Generator.GetRandomBytesFull(new byte[1])),
            GeneratorFixture.RunUntilItWaits(() => fixture.Generator.GetRandomBytesPredictionResistant(new byte[1])),
        ];
        await Task.Run(fixture.Dispose).WaitAsync(s_patience);
        foreach (Task task in waiting)
        {
            await Assert.ThatAsync(async () => await task, Throws.InstanceOf<ObjectDisposedException>());
        }
    }

    [Test]
    public async Task Who_waits_for_a_reseed_does_not_wait_for_a_source_that_hangs()
    {
        using var release = new ManualResetEventSlim();
        var kernel = new FakeKernelRandom();
        using var fixture = new GeneratorFixture(options => options with { KernelEnabled = true, KernelRandom = kernel });
        kernel.OnCall = release.Wait;
        fixture.Generator.Start();
        Task<bool> reseed = fixture.Generator.ReseedAsync();
        Task disposal = Task.Run(fixture.Dispose);
        await Assert.ThatAsync(async () => await reseed.WaitAsync(s_patience), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(disposal.IsCompleted, Is.False, "it waits for the seeding worker");
        release.Set();
        await disposal;
    }

    [Test]
    public async Task Callers_in_full_flow_end_and_memory_stays_until_they_have([Range(1, 20)] int _)
    {
        var fixture = new GeneratorFixture();
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        using var flowing = new CountdownEvent(3);
        Task[] callers = [.. Enumerable.Range(0, 3).Select(_ => Task.Factory.StartNew(
            () =>
            {
                byte[] output = new byte[300_000];
                fixture.Generator.GetRandomBytesFull(output);
                flowing.Signal();
                Assert.That(() => GenerateForEver(fixture.Generator, output), Throws.InstanceOf<ObjectDisposedException>());
                Assert.That(output, Is.All.Zero);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default))];
        flowing.Wait();
        fixture.Dispose();
        await Task.WhenAll(callers).WaitAsync(s_patience);
    }

    [Test]
    public async Task A_long_request_ends_at_its_next_piece()
    {
        // The topology is asked for each piece: the first one has the generator disposed.
        var topology = new HookedTopology();
        var fixture = new GeneratorFixture(options => options with { Topology = topology });
        Task? disposal = null;
        topology.OnRequest = () =>
        {
            disposal ??= Task.Run(fixture.Dispose);
            GeneratorFixture.Eventually(() => IsDisposed(fixture.Generator), "it is closed");
        };
        byte[] output = new byte[1_000_000];
        Assert.That(() => fixture.Generator.GetRandomBytes(output), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(output, Is.All.Zero);
        await disposal!.WaitAsync(s_patience);
    }

    [Test]
    public async Task A_handler_may_dispose()
    {
        var disposed = new TaskCompletionSource();
        var fixture = new GeneratorFixture();
        fixture.Generator.LevelChanged += (_, _) =>
        {
            fixture.Dispose();
            disposed.SetResult();
        };
        fixture.Generator.Start();
        fixture.Feed(256);
        await disposed.Task.WaitAsync(s_patience);
    }

    [Test]
    public void A_generator_that_cannot_be_made_leaves_no_thread()
    {
        var counter = new Sources.Jitter.ScriptedCounter(Sources.Jitter.ScriptedCounter.Jitter);
        var kernel = new FakeKernelRandom { OnCall = () => throw new NotSupportedException("no such call") };
        LrngGeneratorOptions options = GeneratorFixture.Options(new RecordedLog()) with
        {
            CycleCounter = counter,
            KernelRandom = kernel,
        };
        Assert.That(() => new LrngGenerator(options), Throws.InstanceOf<NotSupportedException>());
        int reads = counter.Reads;
        _ = SpinWait.SpinUntil(() => counter.Reads != reads, TimeSpan.FromMilliseconds(100));
        Assert.That(counter.Reads, Is.EqualTo(reads), "the jitter source still collects");
    }

    private static bool IsDisposed(LrngGenerator generator)
    {
        try
        {
            _ = generator.Status;
            return false;
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
    }

    private static void GenerateForEver(LrngGenerator generator, byte[] output)
    {
        while (true)
        {
            Array.Clear(output);
            generator.GetRandomBytesFull(output);
        }
    }

    private sealed class HookedTopology : NodeTopology
    {
        public Action OnRequest { get; set; } = () => { };

        public override IReadOnlyList<int> Nodes { get; } = [0];

        public override int CurrentIndex
        {
            get
            {
                OnRequest();
                return 0;
            }
        }
    }
}
