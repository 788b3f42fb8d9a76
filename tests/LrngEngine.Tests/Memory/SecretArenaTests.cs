// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Globalization;
using LrngEngine.Memory;

namespace LrngEngine.Tests.Memory;

[TestFixture]
internal sealed unsafe class SecretArenaTests
{
    [Test]
    public void Mapping_is_locked_not_dumped_and_wiped_on_fork()
    {
        using var arena = new SecretArena(4096);
        using SecretBuffer buffer = arena.Allocate(32);
        string[] flags = FlagsOfMappingOf(buffer);

        Assert.That(flags, Is.SupersetOf(new[] { "lo", "dd", "wf" }));
    }

    [Test]
    public void Buffers_are_zeroed_aligned_and_do_not_overlap()
    {
        using var arena = new SecretArena(4096);
        using SecretBuffer first = arena.Allocate(33);
        using SecretBuffer second = arena.Allocate(1);
        first.Span.Fill(0xff);

        Assert.Multiple(() =>
        {
            Assert.That((ulong)AddressOf(first) % 64, Is.EqualTo(0UL));
            Assert.That(AddressOf(second) - AddressOf(first), Is.EqualTo((nuint)64));
            Assert.That(second.Span[0], Is.Zero);
        });
    }

    [Test]
    public void A_returned_buffer_is_wiped_and_used_again()
    {
        using var arena = new SecretArena(4096);
        SecretBuffer first = arena.Allocate(100);
        nuint address = AddressOf(first);
        first.Span.Fill(0xff);
        first.Dispose();
        using SecretBuffer second = arena.Allocate(100);

        Assert.That(AddressOf(second), Is.EqualTo(address));
        Assert.That(second.Span.ContainsAnyExcept((byte)0), Is.False);
        Assert.That(() => first.Span.Length, Throws.TypeOf<ObjectDisposedException>());
    }

    // Whatever the sizes and the order in which they come back.
    [Test]
    public void Pieces_that_were_given_back_are_joined([Range(0, 5)] int order)
    {
        int[][] orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
        using var arena = new SecretArena(4096);
        SecretBuffer[] pieces = [arena.Allocate(1000), arena.Allocate(2000), arena.Allocate(900)];
        foreach (int piece in orders[order])
        {
            pieces[piece].Dispose();
        }

        using SecretBuffer whole = arena.Allocate(4096);
        Assert.That(whole.Span.ContainsAnyExcept((byte)0), Is.False);
    }

    [Test]
    public void A_piece_is_cut_from_a_larger_one()
    {
        using var arena = new SecretArena(4096);
        SecretBuffer large = arena.Allocate(2048);
        using SecretBuffer rest = arena.Allocate(2048);
        large.Dispose();
        using SecretBuffer first = arena.Allocate(1000);
        using SecretBuffer second = arena.Allocate(1000);
        first.Span.Fill(1);
        Assert.That(second.Span.ContainsAnyExcept((byte)0), Is.False);
        Assert.That(() => arena.Allocate(1), Throws.InvalidOperationException);
    }

    [Test]
    public void A_full_arena_says_what_was_wanted()
    {
        using var arena = new SecretArena(4096);
        Assert.That(() => arena.Allocate(4097), Throws.InvalidOperationException.With.Message.Contains("4097 bytes wanted"));
    }

    [Test]
    public void A_buffer_that_outlives_its_arena_may_still_be_disposed()
    {
        var arena = new SecretArena(4096);
        SecretBuffer buffer = arena.Allocate(32);
        arena.Dispose();
        Assert.That(buffer.Dispose, Throws.Nothing);
        Assert.That(arena.Dispose, Throws.Nothing);
        Assert.That(() => arena.Allocate(1), Throws.TypeOf<ObjectDisposedException>());
    }

    [TestCase(nameof(IMemoryCalls.Reserve), "mmap", 0)]
    [TestCase(nameof(IMemoryCalls.MakeReadWrite), "mprotect", 1)]
    [TestCase(nameof(IMemoryCalls.Lock), "mlock", 1)]
    [TestCase("16", "MADV_DONTDUMP", 1)]
    [TestCase("18", "MADV_WIPEONFORK", 1)]
    public void A_failing_call_is_named_and_nothing_stays_mapped(string failing, string named, int unmaps)
    {
        var calls = new FailingCalls(failing);
        Assert.That(() => new SecretArena(4096, calls), Throws.InvalidOperationException.With.Message.Contains(named));
        Assert.That(calls.Unmaps, Is.EqualTo(unmaps));
    }

    private static nuint AddressOf(SecretBuffer buffer)
    {
        fixed (byte* address = buffer.Span)
        {
            return (nuint)address;
        }
    }

    // VmFlags of /proc/self/smaps: lo = locked, dd = do not dump, wf = wipe on fork (proc(5)).
    private static string[] FlagsOfMappingOf(SecretBuffer buffer)
    {
        ulong address = AddressOf(buffer);
        bool inside = false;
        foreach (string line in File.ReadLines("/proc/self/smaps"))
        {
            string first = line.Split(' ')[0];
            string[] range = first.Split('-');
            if (range.Length == 2 && ulong.TryParse(range[0], NumberStyles.HexNumber, null, out ulong start))
            {
                inside = address >= start && address < ulong.Parse(range[1], NumberStyles.HexNumber, null);
            }
            else if (inside && first == "VmFlags:")
            {
                return line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..];
            }
        }

        return [];
    }

    private sealed class FailingCalls(string failing) : IMemoryCalls
    {
        private const int Eperm = 1;
        private readonly LinuxMemoryCalls _real = new();

        public int Unmaps { get; private set; }

        public int PageBytes => _real.PageBytes;

        public int Reserve(nuint bytes, out void* address)
        {
            address = null;
            return failing == nameof(Reserve) ? Eperm : _real.Reserve(bytes, out address);
        }

        public int MakeReadWrite(void* address, nuint bytes) =>
            failing == nameof(MakeReadWrite) ? Eperm : _real.MakeReadWrite(address, bytes);

        public int Lock(void* address, nuint bytes) => failing == nameof(Lock) ? Eperm : _real.Lock(address, bytes);

        public int Advise(void* address, nuint bytes, int advice) =>
            failing == advice.ToString(CultureInfo.InvariantCulture) ? Eperm : _real.Advise(address, bytes, advice);

        public int Unmap(void* address, nuint bytes)
        {
            Unmaps++;
            return _real.Unmap(address, bytes);
        }
    }
}
