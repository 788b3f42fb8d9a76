// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;
using LrngEngine.Seeding;
using LrngEngine.SelfTests;
using LrngEngine.Tests.Drng;
using LrngEngine.Tests.SelfTests;

namespace LrngEngine.Tests.Generators;

/// <summary>A generator whose self-tests failed gives nothing any more.</summary>
[TestFixture]
internal sealed class ErrorStateTests
{
    private bool _wrong;

    private static IEnumerable<TestCaseData> Members =>
    [
        Member("GetRandomBytes", (generator, output) => generator.GetRandomBytes(output)),
        Member("GetRandomBytesMin", (generator, output) => generator.GetRandomBytesMin(output)),
        Member("GetRandomBytesFull", (generator, output) => generator.GetRandomBytesFull(output)),
        Member("GetRandomBytesPredictionResistant", (generator, output) => generator.GetRandomBytesPredictionResistant(output)),
        Member("GetSeed", (generator, output) => generator.GetSeed(output)),
        Member("TryGetSeed", (generator, output) => generator.TryGetSeed(output, fullySeeded: false, out _)),
        Member("ReseedAsync", (generator, output) => generator.ReseedAsync().GetAwaiter().GetResult()),
    ];

    [SetUp]
    public void BeginSound() => _wrong = false;

    [TestCaseSource(nameof(Members))]
    public void From_the_start_on_nothing_is_given(Action<LrngGenerator, byte[]> member)
    {
        _wrong = true;
        using GeneratorFixture fixture = Create();
        fixture.Generator.Start();
        AssertRefused(fixture.Generator, member);
    }

    [TestCaseSource(nameof(Members))]
    public void After_a_later_failure_nothing_is_given_either(Action<LrngGenerator, byte[]> member)
    {
        using GeneratorFixture fixture = Create();
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        Fail(fixture);
        AssertRefused(fixture.Generator, member);
    }

    [Test]
    public async Task Waiting_callers_end_at_the_failure()
    {
        using GeneratorFixture fixture = Create();
        fixture.Generator.Start();
        Task[] waiting =
        [
            GeneratorFixture.RunUntilItWaits(() => fixture.Generator.GetRandomBytesFull(new byte[1])),
            GeneratorFixture.RunUntilItWaits(() => fixture.Generator.GetRandomBytesMin(new byte[1])),
            GeneratorFixture.RunUntilItWaits(() => fixture.Generator.GetRandomBytesPredictionResistant(new byte[1])),
            GeneratorFixture.RunUntilItWaits(() => fixture.Generator.GetSeed(new byte[fixture.Generator.SeedBytes])),
        ];
        Fail(fixture);
        foreach (Task task in waiting)
        {
            await Assert.ThatAsync(async () => await task, Throws.TypeOf<GeneratorFailedException>());
        }
    }

    // The failure comes while a piece of the request is generated.
    [Test]
    public void A_call_in_progress_gives_nothing([Values(100, 1 << 20)] int bytes)
    {
        GeneratorFixture? fixture = null;
        bool armed = false;
        DrngFactory failing = Drngs.Default with
        {
            Create = arena => new HookedDrng(WrongDrng.Of(Drngs.Default, () => _wrong).Create(arena), () =>
            {
                if (armed)
                {
                    armed = false;
                    Fail(fixture!);
                }
            }),
        };
        using (fixture = new GeneratorFixture(options => options with { Drng = failing }))
        {
            fixture.StartAndAwait(SeedLevel.FullySeeded);
            byte[] output = new byte[bytes];
            armed = true;
            Assert.That(() => fixture.Generator.GetRandomBytesFull(output), Throws.TypeOf<GeneratorFailedException>());
            Assert.That(armed, Is.False);
            Assert.That(output, Is.All.Zero);
        }
    }

    [Test]
    public void The_status_tells()
    {
        using GeneratorFixture fixture = Create();
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        Assert.That(fixture.Generator.Status.SelfTests.Passed, Is.True);
        Assert.That(fixture.Generator.Status.Operational, Is.True);
        Fail(fixture);
        Assert.That(fixture.Generator.Status.SelfTests.StatusWord, Is.EqualTo(2));
        Assert.That(fixture.Generator.Status.SelfTests.Failures, Has.Some.Contains("chacha20"));
        Assert.That(fixture.Generator.Status.Operational, Is.False);
    }

    [Test]
    public void A_fault_of_the_hash_is_one_of_the_generator()
    {
        using var fixture = new GeneratorFixture(options => options with { ConditioningHash = WrongHash.Of(ConditioningHashes.Default) });
        Assert.That(fixture.Generator.Status.SelfTests.FailedAreas, Is.EqualTo(SelfTestAreas.Hash));
        Assert.That(() => fixture.Generator.GetRandomBytes(new byte[1]), Throws.TypeOf<GeneratorFailedException>());
    }

    [Test]
    public void Started_it_tests_itself_every_ten_minutes()
    {
        using GeneratorFixture fixture = Create();
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        _wrong = true;
        fixture.Clock.Advance(SelfTestRunner.Interval);
        Assert.That(() => fixture.Generator.GetRandomBytesFull(new byte[1]), Throws.TypeOf<GeneratorFailedException>());
    }

    [Test]
    public void What_needs_no_output_goes_on()
    {
        _wrong = true;
        using GeneratorFixture fixture = Create();
        fixture.Generator.Start();
        fixture.Feed(256);
        fixture.Generator.RequestReseed();
        fixture.Generator.GetRandomBytesFull([]);
        Assert.That(fixture.Generator.RunSelfTests().Passed, Is.False);
    }

    private static TestCaseData Member(string name, Action<LrngGenerator, byte[]> call) => new TestCaseData(call).SetArgDisplayNames(name);

    private static void AssertRefused(LrngGenerator generator, Action<LrngGenerator, byte[]> member)
    {
        byte[] output = new byte[generator.SeedBytes];
        Assert.That(
            () => member(generator, output), Throws.TypeOf<GeneratorFailedException>().With.Message.Contains("self-test chacha20"));
        Assert.That(output, Is.All.Zero);
    }

    private GeneratorFixture Create() =>
        new(options => options with { Drng = WrongDrng.Of(Drngs.Default, () => _wrong) });

    private void Fail(GeneratorFixture fixture)
    {
        _wrong = true;
        _ = fixture.Generator.RunSelfTests();
    }
}
