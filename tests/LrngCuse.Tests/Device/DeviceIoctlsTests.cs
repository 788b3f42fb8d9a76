// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Device;
using LrngCuse.Interop;
using LrngEngine.Drng;
using LrngEngine.Seeding;
using LrngEngine.Tests.Drng;

namespace LrngCuse.Tests.Device;

/// <summary>The requests of linux/random.h (reference 7.5).</summary>
[TestFixture]
internal sealed class DeviceIoctlsTests
{
    private const uint GetPool = 0x80085202;
    private const ulong Unmapped = 0x1000;

    [TestCase(0u)]
    [TestCase(uint.MaxValue)]
    [TestCase(GetPool)]
    [TestCase(0x5205u)]
    [TestCase(0x5401u, Description = "TCGETS")]
    public void Unknown_requests_are_EINVAL(uint command)
    {
        using var caller = new IoctlCaller(0);
        Assert.That((caller.Result(command, Unmapped), caller.Rounds), Is.EqualTo((-Linux.EINVAL, 1)));
        Assert.That(caller.PrivilegeLookups, Is.Zero);
    }

    [TestCase(Linux.RNDADDTOENTCNT)]
    [TestCase(Linux.RNDADDENTROPY)]
    [TestCase(Linux.RNDZAPENTCNT)]
    [TestCase(Linux.RNDCLEARPOOL)]
    [TestCase(Linux.RNDRESEEDCRNG)]
    public void Without_the_privilege_it_is_EPERM_before_any_argument(uint command)
    {
        using var caller = new IoctlCaller(256) { Privileged = false };
        caller.Engine.StartAndAwait(SeedLevel.FullySeeded);
        caller.Engine.Auxiliary.EntropyBits = 100;
        caller.Put(0, 8, 8);
        foreach (ulong argument in (ulong[])[Unmapped, 0, ulong.MaxValue, IoctlCaller.Address])
        {
            Assert.That((caller.Result(command, argument), caller.Rounds), Is.EqualTo((-Linux.EPERM, 1)));
        }

        // A round that nobody asked for does not get by it either.
        var forged = (IoctlOutcome.Return)caller.Round(command, caller.Memory, caller.Memory.Length);
        Assert.That(forged.Result, Is.EqualTo(-Linux.EPERM));
        Assert.That(caller.Engine.Auxiliary.EntropyBits, Is.EqualTo(100));
        Assert.That(caller.Engine.Manager.GetStatus().Seedings, Is.EqualTo(1));
    }

    [TestCase(false, 100)]
    [TestCase(true, 36, Description = "64 less")]
    public void The_count_is_that_of_the_pool_and_for_everybody(bool oversampling, int shown)
    {
        using var caller = new IoctlCaller(0, Options(oversampling)) { Privileged = false };
        caller.Engine.Auxiliary.EntropyBits = 100;
        Assert.That((caller.Result(Linux.RNDGETENTCNT), caller.Rounds, caller.Int(0)), Is.EqualTo((0, 2, shown)));
        Assert.That(caller.Call(Linux.RNDGETENTCNT, Unmapped), Is.Null, "EFAULT");
    }

    [TestCase(false, 100, 50, 150)]
    [TestCase(false, 100, -101, 0)]
    [TestCase(false, 500, int.MaxValue, 512)]
    [TestCase(false, 100, int.MinValue, 0)]
    [TestCase(true, 100, 50, 86)]
    public void The_count_can_be_changed(bool oversampling, int before, int delta, int after)
    {
        using var caller = new IoctlCaller(0, Options(oversampling));
        caller.Engine.Auxiliary.EntropyBits = before;
        caller.Put(0, delta);
        Assert.That((caller.Result(Linux.RNDADDTOENTCNT), caller.Rounds), Is.EqualTo((0, 2)));
        Assert.That(caller.Engine.Auxiliary.EntropyBits, Is.EqualTo(after));
        Assert.That(caller.Call(Linux.RNDADDTOENTCNT, Unmapped), Is.Null, "EFAULT");
    }

    [TestCase(Linux.RNDZAPENTCNT)]
    [TestCase(Linux.RNDCLEARPOOL)]
    public void The_count_can_be_cleared(uint command)
    {
        using var caller = new IoctlCaller(0);
        caller.Engine.Auxiliary.EntropyBits = 100;
        Assert.That((caller.Result(command, Unmapped), caller.Rounds), Is.EqualTo((0, 1)), "it has no argument");
        Assert.That(caller.Engine.Auxiliary.EntropyBits, Is.Zero);
    }

    [Test]
    public void A_reseed_can_be_asked_for_in_any_state()
    {
        using var caller = new IoctlCaller(256);
        Assert.That(caller.Result(Linux.RNDRESEEDCRNG, Unmapped), Is.Zero);
        caller.Engine.StartAndAwait(SeedLevel.FullySeeded);
        int pulls = caller.Source.Pulls;
        Assert.That(caller.Result(Linux.RNDRESEEDCRNG, Unmapped), Is.Zero);
        ManagerFixture.Eventually(() => caller.Source.Pulls == pulls + 1, "one pull");
    }

    [TestCase(256, 32, 256)]
    [TestCase(1, 32, 1)]
    [TestCase(257, 32, 256, Description = "more than the data can have")]
    [TestCase(int.MaxValue, 1, 8)]
    [TestCase(4000, 4000, 512, Description = "more than the pool holds")]
    [TestCase(8, 0, 0)]
    [TestCase(0, 32, 0)]
    public void Entropy_is_added_with_at_most_8_bits_a_byte(int bits, int size, int credited)
    {
        using var caller = new IoctlCaller(0);
        caller.Put(0, bits, size);
        Assert.That((caller.Result(Linux.RNDADDENTROPY), caller.Rounds), Is.EqualTo((0, size == 0 ? 2 : 3)));
        Assert.That(caller.Engine.Auxiliary.EntropyBits, Is.EqualTo(credited));
    }

    [TestCase(-1, 32, Linux.EINVAL)]
    [TestCase(int.MinValue, 0, Linux.EINVAL)]
    [TestCase(8, -1, Linux.EINVAL)]
    [TestCase(8, int.MinValue, Linux.EINVAL)]
    [TestCase(-1, int.MaxValue, Linux.EINVAL)]
    [TestCase(8, LrngHeader.LRNG_ADDENTROPY_MAX + 1, Linux.ENOMEM)]
    [TestCase(int.MaxValue, int.MaxValue, Linux.ENOMEM)]
    public void Sizes_that_cannot_be_are_refused_before_the_data_is_asked_for(int bits, int size, int errno)
    {
        using var caller = new IoctlCaller(0);
        caller.Put(0, bits, size);
        Assert.That((caller.Result(Linux.RNDADDENTROPY), caller.Rounds), Is.EqualTo((-errno, 2)));
        Assert.That(caller.Engine.Auxiliary.EntropyBits, Is.Zero);
    }

    [Test]
    public void The_largest_piece_passes()
    {
        using var caller = new IoctlCaller(0, memoryBytes: RandomDevice.MaximumRequestBytes);
        caller.Put(0, 512, LrngHeader.LRNG_ADDENTROPY_MAX);
        Assert.That(caller.Result(Linux.RNDADDENTROPY), Is.Zero);
        Assert.That(caller.Engine.Auxiliary.EntropyBits, Is.EqualTo(512));
    }

    [Test]
    public void Data_that_is_not_there_earns_nothing()
    {
        using var caller = new IoctlCaller(0);
        caller.Put(0, 8, caller.Memory.Length);
        Assert.That(caller.Call(Linux.RNDADDENTROPY), Is.Null, "EFAULT");
        Assert.That(caller.Call(Linux.RNDADDENTROPY, Unmapped), Is.Null, "EFAULT");
        Assert.That(caller.Engine.Auxiliary.EntropyBits, Is.Zero);
    }

    [Test]
    public void A_size_that_grows_meanwhile_is_asked_for_again()
    {
        using var caller = new IoctlCaller(0);
        caller.Put(0, 4096, 4);
        caller.OnAsked = () => caller.Put(4, caller.Rounds == 2 ? 40 : 4 * caller.Rounds);
        Assert.That((caller.Result(Linux.RNDADDENTROPY), caller.Rounds), Is.EqualTo((0, 4)));
        Assert.That(caller.Engine.Auxiliary.EntropyBits, Is.EqualTo(12 * 8), "of the last round");
    }

    [Test]
    public void Data_reaches_the_pool()
    {
        byte[] first = SeedAfter(1), second = SeedAfter(2);
        Assert.That(first, Is.Not.EqualTo(second));
        Assert.That(SeedAfter(1), Is.EqualTo(first), "nothing else differs");

        static byte[] SeedAfter(byte data)
        {
            using var caller = new IoctlCaller(0);
            caller.Put(0, 8, 1, data);
            _ = caller.Result(Linux.RNDADDENTROPY);
            byte[] slot = new byte[32];
            _ = caller.Engine.Auxiliary.GetEntropy(slot, 256);
            return slot;
        }
    }

    [Test]
    public void Added_entropy_seeds_and_without_credit_it_asks_for_a_reseed()
    {
        using var caller = new IoctlCaller(0);
        caller.Engine.Manager.Start();
        caller.Put(0, 256, 32);
        Assert.That(caller.Result(Linux.RNDADDENTROPY), Is.Zero);
        ManagerFixture.Eventually(() => caller.Engine.Manager.Operational, "operational");

        caller.Source.BitsPerPull = 256;
        int pulls = caller.Source.Pulls;
        caller.Put(0, 0, 32);
        Assert.That(caller.Result(Linux.RNDADDENTROPY), Is.Zero);
        ManagerFixture.Eventually(() => caller.Source.Pulls == pulls + 1, "one pull");
    }

    [Test]
    public void In_a_mount_what_has_a_fixed_size_works()
    {
        using var caller = new IoctlCaller(0) { Restricted = true };
        caller.Put(0, 77);
        Assert.That((caller.Result(Linux.RNDADDTOENTCNT), caller.Rounds), Is.EqualTo((0, 1)));
        caller.Put(0, 0);
        Assert.That((caller.Result(Linux.RNDGETENTCNT), caller.Int(0)), Is.EqualTo((0, 77)));
        caller.Put(0, 8, 1);
        Assert.That((caller.Result(Linux.RNDADDENTROPY), caller.Rounds), Is.EqualTo((-Linux.EOPNOTSUPP, 1)));
        Assert.That(caller.Result(Linux.RNDZAPENTCNT), Is.Zero);
        Assert.That(caller.Engine.Auxiliary.EntropyBits, Is.Zero);
    }

    // The kernel cuts no address of a 32-bit program short.
    [TestCase(Linux.RNDGETENTCNT)]
    [TestCase(Linux.RNDADDTOENTCNT)]
    [TestCase(Linux.RNDADDENTROPY)]
    public void A_32_bit_program_has_addresses_of_32_bits(uint command)
    {
        using var caller = new IoctlCaller(0) { Compat = true };
        Assert.That(caller.Result(command, 1ul << 32), Is.EqualTo(-Linux.EFAULT));
        Assert.That(caller.Result(command), Is.Zero);
    }

    internal static DrngManagerOptions Options(bool oversampling) =>
        new() { Strategy = new SeedingStrategy { Oversampling = oversampling } };
}
