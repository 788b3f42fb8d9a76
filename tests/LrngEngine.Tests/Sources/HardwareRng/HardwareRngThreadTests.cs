// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;
using LrngEngine.Memory;
using LrngEngine.Sources.Auxiliary;
using LrngEngine.Sources.HardwareRng;
using Microsoft.Extensions.Logging.Abstractions;

namespace LrngEngine.Tests.Sources.HardwareRng;

[TestFixture]
internal sealed class HardwareRngThreadTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private SecretArena _arena = null!;
    private AuxiliaryPool _pool = null!;
    private ScriptedHardware _hardware = null!;

    [SetUp]
    public void MakePool()
    {
        _arena = new SecretArena(8192);
        _pool = new AuxiliaryPool(ConditioningHashes.Default.Create(_arena), _arena);
        _hardware = new ScriptedHardware();
    }

    [TearDown]
    public void DisposePool()
    {
        _hardware.Dispose();
        _pool.Dispose();
        _arena.Dispose();
    }

    [Test]
    public async Task A_read_that_blocks_does_not_hold_up_the_end_and_feeds_nothing_after_it()
    {
        using var reading = new ManualResetEventSlim();
        using var answer = new ManualResetEventSlim();
        _hardware.BeforeRead = () =>
        {
            reading.Set();
            answer.Wait();
        };
        var thread = new HardwareRngThread(Options());
        thread.Open();
        thread.Start();
        Assert.That(reading.Wait(s_patience), Is.True);
        thread.Dispose();
        Assert.That(_hardware.Disposed.Task.IsCompleted, Is.False, "its read is still under way");
        answer.Set();
        await _hardware.Disposed.Task.WaitAsync(s_patience);
        Assert.That((thread.Status.ReadBytes, thread.Status.Credit), Is.EqualTo((0L, 0)));
    }

    [Test]
    public void A_pull_wakes_it()
    {
        _hardware.Identity = new HardwareIdentity("silent about its quality", null);
        using var read = new AutoResetEvent(initialState: false);
        _hardware.BeforeRead = () => read.Set();
        using var thread = new HardwareRngThread(Options());
        thread.Start();
        Assert.That(read.WaitOne(s_patience), Is.True, "the first block");

        // Earlier it would be answered by that one.
        Assert.That(() => thread.Status.ReadBytes, Is.Positive.After((int)s_patience.TotalMilliseconds, 10));
        _ = _pool.GetEntropy(new byte[32], 256);
        Assert.That(read.WaitOne(s_patience), Is.True, "one after the pull");
        Assert.That(_hardware.Reads, Is.EqualTo(2));
    }

    [Test]
    public void A_pool_that_is_discarded_has_the_tests_begin_anew()
    {
        using var thread = new HardwareRngThread(Options() with { BytesPerSecond = 1 << 20 });
        thread.Start();
        Assert.That(() => _pool.EntropyBits, Is.EqualTo(_pool.CapacityBits).After((int)s_patience.TotalMilliseconds, 10));
        long readBefore = thread.Status.ReadBytes;
        _pool.Discard();
        _ = _pool.GetEntropy(new byte[64], 512);
        Assert.That(() => _pool.EntropyBits, Is.EqualTo(_pool.CapacityBits).After((int)s_patience.TotalMilliseconds, 10));
        Assert.That(thread.Status.ReadBytes - readBefore, Is.GreaterThanOrEqualTo(HardwareHealth.StartupBytes + 128));
    }

    [Test]
    public async Task It_can_end_before_it_starts_and_twice()
    {
        var thread = new HardwareRngThread(Options());
        thread.Dispose();
        thread.Dispose();
        thread.Start();
        await _hardware.Disposed.Task.WaitAsync(s_patience);
        _ = _pool.GetEntropy(new byte[32], 256);
        Assert.That(_hardware.Reads, Is.Zero);
    }

    private HardwareRngOptions Options() =>
        new() { Pool = _pool, Generator = _hardware, Clock = TimeProvider.System, Logger = NullLogger.Instance };
}
