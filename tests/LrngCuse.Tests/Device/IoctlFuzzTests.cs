// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Numerics;
using LrngCuse.Device;
using LrngCuse.Interop;
using LrngEngine.Seeding;

namespace LrngCuse.Tests.Device;

/// <summary>The ioctl decoder under a long run of requests by chance. IoctlProperties says what must hold of each; this finds what
/// needs many.</summary>
[TestFixture]
internal sealed class IoctlFuzzTests
{
    private const int Requests = 200_000;
    private const int MemoryBytes = 512;

    private static readonly uint[] s_known =
    [
        Linux.RNDGETENTCNT, Linux.RNDADDTOENTCNT, Linux.RNDADDENTROPY, Linux.RNDZAPENTCNT, Linux.RNDCLEARPOOL, Linux.RNDRESEEDCRNG,
        LrngHeader.LRNG_GETSEED, LrngHeader.LRNG_GETSTATUS,
    ];

    [TestCase(0x5eed_0001ul)]
    public void Nothing_is_credited_or_left_unanswered(ulong seed)
    {
        using var caller = new IoctlCaller(256, memoryBytes: MemoryBytes);
        caller.Engine.StartAndAwait(SeedLevel.FullySeeded);
        caller.Engine.Auxiliary.EntropyBits = 77;
        caller.Privileged = false;
        ulong state = seed;
        var results = new HashSet<int>();
        for (int i = 0; i < Requests; i++)
        {
            int[] words = [.. Enumerable.Range(0, 8).Select(_ => Word(ref state))];
            caller.Put(0, words);
            caller.Compat = (Next(ref state) & 1) != 0;
            caller.Restricted = (Next(ref state) & 3) == 0;
            caller.NonBlocking = (Next(ref state) & 1) != 0;
            IoctlOutcome? outcome = caller.Call(Command(ref state), Argument(ref state));
            Assert.That(caller.Rounds, Is.LessThanOrEqualTo(5), $"request {i} of seed {seed}");
            if (outcome is IoctlOutcome.Return done)
            {
                _ = results.Add(done.Result);
            }
        }

        Assert.That(caller.Engine.Auxiliary.EntropyBits, Is.EqualTo(77));
        Assert.That(results, Is.SupersetOf(new[] { 0, -Linux.EPERM, -Linux.EINVAL, -Linux.EMSGSIZE, -Linux.EOPNOTSUPP }), "every answer occurs");
    }

    // xorshift64*
    private static ulong Next(ref ulong state)
    {
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        return BitOperations.RotateLeft(state * 0x2545_f491_4f6c_dd1d, 32);
    }

    private static int Word(ref ulong state) => (Next(ref state) & 1) != 0 ? (int)Next(ref state) : (int)(Next(ref state) % 600);

    private static uint Command(ref ulong state) => (Next(ref state) & 3) switch
    {
        0 => (uint)Next(ref state),
        1 => 0x5200u | (byte)Next(ref state),
        _ => s_known[Next(ref state) % (ulong)s_known.Length],
    };

    private static ulong Argument(ref ulong state) =>
        (Next(ref state) & 7) != 0 ? IoctlCaller.Address + (Next(ref state) % MemoryBytes) : Next(ref state);
}
