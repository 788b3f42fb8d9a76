// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.InteropServices;
using System.Text;
using LrngCuse.Device;
using LrngCuse.Interop;
using LrngEngine.Seeding;

namespace LrngCuse.Tests.Device;

/// <summary>The requests of native/include/lrng.h (reference 7.3).</summary>
[TestFixture]
internal sealed class OwnIoctlsTests
{
    private const ulong Unmapped = 0x1000;
    private const int BufferOffset = 64;
    private const byte Untouched = 0xa5;

    // Two sources: 2 slots of 48, a stamp, 2 counts; and two words before them.
    private const int Total = 16 + (2 * (48 + 4)) + 4;

    [TestCase(0u, 0u, Linux.EINVAL)]
    [TestCase(1u, 0u, Linux.EINVAL)]
    [TestCase(7u, Linux.GRND_NONBLOCK, Linux.EINVAL)]
    [TestCase((uint)Total, 2u, Linux.EINVAL, Description = "GRND_RANDOM")]
    [TestCase((uint)Total, 0x10u, Linux.EINVAL, Description = "GRND_SEED")]
    [TestCase((uint)Total, 0x80000000u, Linux.EINVAL)]
    [TestCase(8u, 0u, Linux.EMSGSIZE)]
    [TestCase((uint)Total - 1, LrngHeader.GRND_FULLY_SEEDED, Linux.EMSGSIZE)]
    [TestCase((uint)Total, Linux.GRND_NONBLOCK, Linux.EAGAIN)]
    [TestCase((uint)Total, Linux.GRND_NONBLOCK | LrngHeader.GRND_FULLY_SEEDED, Linux.EAGAIN)]
    public void What_a_seed_is_refused_for(uint size, uint flags, int errno)
    {
        using var caller = new IoctlCaller(0);
        caller.Memory.AsSpan().Fill(Untouched);
        PutGetSeed(caller, size, flags);
        Assert.That(caller.Result(LrngHeader.LRNG_GETSEED), Is.EqualTo(-errno));

        ReadOnlySpan<byte> buffer = caller.Memory.AsSpan(BufferOffset);
        bool told = errno == Linux.EMSGSIZE;
        Assert.That(MemoryMarshal.Read<ulong>(buffer) == Total, Is.EqualTo(told), "the first word");
        Assert.That(buffer[(told ? 8 : 0)..].ContainsAnyExcept(Untouched), Is.False, "nothing else");
        Assert.That(caller.Source.Pulls, Is.Zero);
    }

    [Test]
    public void In_the_error_state_there_are_no_seeds([Values(0u, Linux.GRND_NONBLOCK)] uint flags)
    {
        using var caller = new IoctlCaller(256);
        caller.Engine.StartAndAwait(SeedLevel.FullySeeded);
        caller.Engine.Manager.Errors.Enter("self-test chacha20 failed");
        PutGetSeed(caller, uint.MaxValue, flags);
        Assert.That(caller.Result(LrngHeader.LRNG_GETSEED), Is.EqualTo(-Linux.EIO));
    }

    [TestCase(0u, false, false, false)]
    [TestCase(LrngHeader.GRND_FULLY_SEEDED, false, true, false)]
    [TestCase(Linux.GRND_NONBLOCK, false, false, true)]
    [TestCase(0u, true, false, true)]
    public void A_seed_is_pulled_with_the_flags_of_the_call_and_the_file(uint flags, bool file, bool fullySeeded, bool nonBlocking)
    {
        using var caller = new IoctlCaller(256) { NonBlocking = file };
        caller.Engine.StartAndAwait(SeedLevel.FullySeeded);
        PutGetSeed(caller, uint.MaxValue, flags);
        Assert.That(caller.Call(LrngHeader.LRNG_GETSEED), Is.EqualTo(new IoctlOutcome.PullSeed(fullySeeded, nonBlocking)));
        Assert.That(caller.Rounds, Is.EqualTo(3));
        Assert.That(caller.PrivilegeLookups, Is.Zero, "it is for everybody");
    }

    [Test]
    public void Who_may_wait_is_told_to_while_unseeded()
    {
        using var caller = new IoctlCaller(0);
        PutGetSeed(caller, Total, 0);
        Assert.That(caller.Call(LrngHeader.LRNG_GETSEED), Is.InstanceOf<IoctlOutcome.PullSeed>());
    }

    // Whatever a caller does to the structure, an answer is never larger than the room that was asked for last.
    [Test]
    public void A_buffer_that_grows_meanwhile_is_asked_for_again()
    {
        using var caller = new IoctlCaller(256);
        caller.Engine.StartAndAwait(SeedLevel.FullySeeded);
        PutGetSeed(caller, 8, 0);
        caller.OnAsked = () => PutGetSeed(caller, caller.Rounds == 1 ? 8u : Total, 0);
        Assert.That(caller.Call(LrngHeader.LRNG_GETSEED), Is.InstanceOf<IoctlOutcome.PullSeed>());
        Assert.That(caller.Rounds, Is.EqualTo(4));
    }

    [TestCase(LrngHeader.LRNG_GETSEED)]
    [TestCase(LrngHeader.LRNG_GETSTATUS)]
    public void Wrong_pointers_are_EFAULT(uint command)
    {
        using var caller = new IoctlCaller(0);
        Assert.That(caller.Call(command, Unmapped), Is.Null);
        Put(caller, ulong.MaxValue - 7, 8, 0);
        Assert.That(command != LrngHeader.LRNG_GETSEED || caller.Call(command) is null, Is.True);
    }

    [TestCase(LrngHeader.LRNG_GETSEED)]
    [TestCase(LrngHeader.LRNG_GETSTATUS)]
    public void A_32_bit_program_cannot_name_a_buffer_beyond_its_addresses(uint command)
    {
        using var caller = new IoctlCaller(0) { Compat = true };
        Put(caller, 1ul << 32, 4096, 0);
        Assert.That(caller.Result(command), Is.EqualTo(-Linux.EFAULT));
    }

    [Test]
    public void In_a_mount_pointers_cannot_be_followed()
    {
        using var caller = new IoctlCaller(0) { Restricted = true };
        Put(caller, IoctlCaller.Address + BufferOffset, 4000, 0);
        Assert.That(caller.Result(LrngHeader.LRNG_GETSEED), Is.EqualTo(-Linux.EOPNOTSUPP));
        Assert.That(caller.Result(LrngHeader.LRNG_GETSTATUS), Is.EqualTo(-Linux.EOPNOTSUPP));
    }

    [Test]
    public void The_status_is_the_text_of_lrng_type()
    {
        using var caller = new IoctlCaller(0) { Privileged = false };
        string text = caller.Engine.Manager.GetLrngType();
        Put(caller, IoctlCaller.Address + BufferOffset, (uint)text.Length, 0);
        Assert.That(caller.Result(LrngHeader.LRNG_GETSTATUS), Is.EqualTo(text.Length));
        Assert.That(Encoding.UTF8.GetString(caller.Memory, BufferOffset, text.Length), Is.EqualTo(text));
        Assert.That(caller.Int(8), Is.EqualTo(text.Length));
        Assert.That(caller.Memory[BufferOffset + text.Length], Is.Zero, "no NUL is written, and nothing else");
    }

    [TestCase(0u, 0ul)]
    [TestCase(10u, IoctlCaller.Address + BufferOffset)]
    public void A_short_buffer_for_the_status_is_told_the_length(uint size, ulong buffer)
    {
        using var caller = new IoctlCaller(0);
        Put(caller, buffer, size, 0);
        Assert.That(caller.Result(LrngHeader.LRNG_GETSTATUS), Is.EqualTo(-Linux.EMSGSIZE));
        Assert.That(caller.Int(8), Is.EqualTo(caller.Engine.Manager.GetLrngType().Length));
        Assert.That(caller.Memory.AsSpan(BufferOffset).ContainsAnyExcept((byte)0), Is.False);
    }

    [Test]
    public void What_is_reserved_must_be_zero()
    {
        using var caller = new IoctlCaller(0);
        Put(caller, IoctlCaller.Address + BufferOffset, 4000, 1);
        Assert.That(caller.Result(LrngHeader.LRNG_GETSTATUS), Is.EqualTo(-Linux.EINVAL));
    }

    private static void PutGetSeed(IoctlCaller caller, uint size, uint flags) =>
        Put(caller, IoctlCaller.Address + BufferOffset, size, flags);

    // Both structures have an address, a size and a word.
    private static void Put(IoctlCaller caller, ulong buffer, uint size, uint word) =>
        caller.Put(0, (int)(uint)buffer, (int)(buffer >> 32), (int)size, (int)word);
}
