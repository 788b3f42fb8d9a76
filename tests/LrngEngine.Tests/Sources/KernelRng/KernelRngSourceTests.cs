// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Sources;
using LrngEngine.Sources.KernelRng;

namespace LrngEngine.Tests.Sources.KernelRng;

[TestFixture]
internal sealed class KernelRngSourceTests
{
    private const int Eintr = 4;
    private const int Eio = 5;
    private const int Eagain = 11;
    private const int Einval = 22;
    private const int Enosys = 38;

    [TestCase(256, 128)]
    [TestCase(384, 192)]
    public void An_initialised_kernel_earns_half(int bits, int credit)
    {
        using var source = new KernelRngSource(new FakeKernel());
        var slot = new byte[48];
        Assert.That(source.AvailableEntropy(bits), Is.EqualTo(credit));
        Assert.That(source.GetEntropy(slot, bits), Is.EqualTo(credit));
        Assert.That(slot[..(bits / 8)], Is.All.EqualTo(0x11));
        Assert.That(slot[(bits / 8)..], Is.All.Zero);
        Assert.That(source.Status, Is.EqualTo(
            new SourceStatus(SourceState.Running, 128, KernelRngSource.DefaultCredit.Reason)));
    }

    [Test]
    public void Before_initialisation_the_slot_is_filled_uncredited_and_the_change_is_reported_once()
    {
        var kernel = new FakeKernel { Error = Eagain };
        using var source = new KernelRngSource(kernel);
        int reported = 0;
        source.EntropyArrived += (_, _) => reported++;
        var slot = new byte[32];
        Assert.That(source.Status.State, Is.EqualTo(SourceState.Waiting));
        Assert.That(source.AvailableEntropy(256), Is.Zero);
        Assert.That(source.GetEntropy(slot, 256), Is.Zero);
        Assert.That(slot, Is.All.EqualTo(0x22), "from GRND_INSECURE");
        Assert.That(source.Status.Credit, Is.Zero);
        Assert.That(reported, Is.Zero);

        kernel.Error = 0;
        Assert.That(source.GetEntropy(slot, 256), Is.EqualTo(128));
        Assert.That(slot, Is.All.EqualTo(0x11));
        _ = source.GetEntropy(slot, 256);
        Assert.That(reported, Is.EqualTo(1));
        Assert.That(source.Status.State, Is.EqualTo(SourceState.Running));
    }

    [Test]
    public void A_kernel_that_was_ready_from_the_start_reports_nothing()
    {
        using var source = new KernelRngSource(new FakeKernel());
        source.EntropyArrived += (_, _) => Assert.Fail("nothing changed");
        _ = source.GetEntropy(new byte[32], 256);
    }

    [Test]
    public void Before_5_6_an_uninitialised_kernel_gives_nothing_at_all()
    {
        using var source = new KernelRngSource(new FakeKernel { Error = Eagain, InsecureError = Einval });
        var slot = new byte[32];
        Assert.That(source.GetEntropy(slot, 256), Is.Zero);
        Assert.That(slot, Is.All.Zero);
    }

    [Test]
    public void Short_and_interrupted_calls_are_continued()
    {
        var kernel = new FakeKernel { Longest = 5, InterruptsEveryOther = true };
        using var source = new KernelRngSource(kernel);
        var slot = new byte[32];
        Assert.That(source.GetEntropy(slot, 256), Is.EqualTo(128));
        Assert.That(slot, Is.All.EqualTo(0x11));
    }

    [TestCase(Enosys, SourceState.Unavailable)]
    [TestCase(1, SourceState.Failed)]
    [TestCase(Eio, SourceState.Failed)]
    public void An_error_empties_the_slot_and_earns_nothing(int error, SourceState state)
    {
        using var source = new KernelRngSource(new FakeKernel { Error = error, Longest = 5, ErrorsAfter = 2 });
        var slot = new byte[32];
        Assert.That(source.GetEntropy(slot, 256), Is.Zero);
        Assert.That(slot, Is.All.Zero);
        Assert.That((source.Status.State, source.Status.Credit), Is.EqualTo((state, 0)));
        Assert.That(source.AvailableEntropy(256), Is.Zero);
    }

    [Test]
    public void A_change_of_the_credit_counts_at_once()
    {
        using var source = new KernelRngSource(new FakeKernel());
        Assert.That(source.Credit, Is.EqualTo(KernelRngSource.DefaultCredit));
        source.Credit = new SourceCredit(0, "not trusted");
        Assert.That((source.AvailableEntropy(256), source.GetEntropy(new byte[32], 256)), Is.EqualTo((0, 0)));
        Assert.That((source.Status.Credit, source.Status.Reason), Is.EqualTo((0, "not trusted")));
        Assert.That(() => source.Credit = null!, Throws.ArgumentNullException);
    }

    [Test]
    public void A_call_that_writes_nothing_is_an_error() =>
        Assert.That(new FakeKernel { Longest = 0 }.Fill(new byte[8], KernelRandomFlags.None), Is.EqualTo(-Eio));

    [Test]
    public void The_real_system_call_fills_all()
    {
        var kernel = new LinuxKernelRandom();
        var first = new byte[1024];
        var second = new byte[1024];
        Assert.That(kernel.Fill(first, KernelRandomFlags.NonBlocking), Is.Zero);
        Assert.That(kernel.Fill(second, KernelRandomFlags.Insecure), Is.Zero);

        // A false alarm takes 16 equal bytes: 2^-128.
        Assert.That(first[^16..], Is.Not.All.Zero);
        Assert.That(first[^16..], Is.Not.EqualTo(second[^16..]));
        Assert.That(kernel.GetRandom(first, (KernelRandomFlags)0x4000), Is.EqualTo(-Einval));
    }

    private sealed class FakeKernel : KernelRandom
    {
        private int _calls;

        /// <summary>Errno of a call without GRND_INSECURE; 0: none.</summary>
        public int Error { get; set; }

        /// <summary>Calls that succeed before <see cref="Error"/>.</summary>
        public int ErrorsAfter { get; init; }

        public int InsecureError { get; init; }

        public int Longest { get; init; } = int.MaxValue;

        public bool InterruptsEveryOther { get; init; }

        public override int GetRandom(Span<byte> output, KernelRandomFlags flags)
        {
            int call = _calls++;
            bool insecure = (flags & KernelRandomFlags.Insecure) != 0;
            int error = insecure ? InsecureError : call >= ErrorsAfter ? Error : 0;
            if (error != 0)
            {
                return -error;
            }

            if (InterruptsEveryOther && call % 2 == 0)
            {
                return -Eintr;
            }

            int written = Math.Min(output.Length, Longest);
            output[..written].Fill(insecure ? (byte)0x22 : (byte)0x11);
            return written;
        }
    }
}
