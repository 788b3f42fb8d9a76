// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Feeding;
using Microsoft.Extensions.Time.Testing;

namespace LrngCuse.Tests.Feeding;

[TestFixture]
internal sealed class KernelSeederTests
{
    private readonly ScriptedDaemon _daemon = new();
    private readonly RecordedKernelPool _kernel = new();

    [SetUp]
    public void Forget()
    {
        _daemon.Kernel = (0, "0");
        _daemon.Making = static () => { };
        _daemon.PredictionResistant.Clear();
        _kernel.Added.Clear();
        _kernel.AfterAdd = static () => { };
    }

    [TestCase(32, true, 256)]
    [TestCase(64, true, 512)]
    [TestCase(33, true, 264)]
    [TestCase(64, false, 0)]
    public async Task Full_entropy_is_credited_to_what_is_prediction_resistant_only(int bytes, bool predictionResistant, int bits)
    {
        var options = new KernelSeedOptions(bytes, predictionResistant, KernelSeedOptions.DefaultCredit(predictionResistant));
        await new KernelSeeder(_daemon, _kernel, options).SeedAsync(CancellationToken.None);
        Assert.That(_daemon.PredictionResistant, Is.EqualTo(new[] { predictionResistant }));
        Assert.That(_kernel.Added.Single().Bits, Is.EqualTo(bits));
        Assert.That(_kernel.Added.Single().Data, Is.EqualTo(Enumerable.Range(1, bytes).Select(index => (byte)index)));
    }

    [TestCase(32, 16, 16)]
    [TestCase(64, 100, 200)]
    [TestCase(33, 1, 1)]
    public async Task The_administrator_may_credit_otherwise(int bytes, int per256, int bits)
    {
        await new KernelSeeder(_daemon, _kernel, new KernelSeedOptions(bytes, false, per256)).SeedAsync(CancellationToken.None);
        Assert.That(_kernel.Added.Single().Bits, Is.EqualTo(bits));
    }

    [TestCase(128, "128", TestName = "A_credited_source_is_a_circle")]
    [TestCase(0, "128", TestName = "A_source_that_is_credited_once_the_kernel_is_seeded_is_one_too")]
    [TestCase(1, "no number", TestName = "The_credit_counts_where_the_rate_is_unknown")]
    public async Task A_circle_is_refused(int credit, string rate)
    {
        _daemon.Kernel = (credit, rate);
        await AssertRefusedAsync();
        Assert.That(_daemon.PredictionResistant, Is.Empty, "nothing was asked for");
    }

    [Test]
    public async Task It_is_refused_if_it_becomes_one_while_the_bytes_are_made()
    {
        _daemon.Making = () => _daemon.Kernel = (128, "128");
        await AssertRefusedAsync();
    }

    [Test]
    public async Task A_daemon_without_that_source_is_no_circle()
    {
        _daemon.Kernel = null;
        await Seeder().SeedAsync(CancellationToken.None);
        Assert.That(_kernel.Added, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task It_seeds_at_once_and_at_each_interval_until_it_would_be_a_circle()
    {
        var clock = new FakeTimeProvider();
        using var added = new SemaphoreSlim(0);
        _kernel.AfterAdd = () => added.Release();
        Task running = Seeder().RunAsync(TimeSpan.FromSeconds(60), clock, CancellationToken.None);
        for (int seeds = 1; seeds <= 3; seeds++)
        {
            Assert.That(await added.WaitAsync(TimeSpan.FromSeconds(30)), Is.True);
            Assert.That(_kernel.Added, Has.Count.EqualTo(seeds));
            clock.Advance(TimeSpan.FromSeconds(59));
            Assert.That((_kernel.Added.Count, running.IsCompleted), Is.EqualTo((seeds, false)));
            _daemon.Kernel = seeds == 3 ? (64, "64") : (0, "0");
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        CommandException? error = await Assert.ThrowsAsync<CommandException>(() => running.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.That(error!.ExitCode, Is.EqualTo(ExitCodes.Configuration));
        Assert.That(_kernel.Added, Has.Count.EqualTo(3));
    }

    [TestCase("/dev/zero")]
    [TestCase("/dev/urandom")]
    public void What_is_not_the_kernels_own_device_gets_nothing(string path)
    {
        CommandException error = Assert.Throws<CommandException>(() => new KernelPool(path).Dispose());
        Assert.That(error.Message, Is.EqualTo($"{path} is not the kernel's own device (1:8): nothing was added to it"));
    }

    [Test]
    public void A_device_that_is_not_there_is_named()
    {
        CommandException error = Assert.Throws<CommandException>(() => new KernelPool("/nowhere/random").Dispose());
        Assert.That(error.Message, Is.EqualTo("/nowhere/random: cannot open it: No such file or directory"));
    }

    private KernelSeeder Seeder() => new(_daemon, _kernel, new KernelSeedOptions(32, true, 256));

    private async Task AssertRefusedAsync()
    {
        CommandException? error = await Assert.ThrowsAsync<CommandException>(() => Seeder().SeedAsync(CancellationToken.None));
        Assert.That(error!.ExitCode, Is.EqualTo(ExitCodes.Configuration));
        Assert.That(error.Message, Does.Contain("would be a circle"));
        Assert.That(_kernel.Added, Is.Empty);
    }
}
