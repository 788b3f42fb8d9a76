// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using FsCheck;
using FsCheck.Fluent;
using LrngCuse.Interop;

namespace LrngCuse.Tests.Device;

/// <summary>What an unprivileged program can send: known and unknown numbers, any payload, addresses in and out of its memory.</summary>
internal static class IoctlArbitraries
{
    private static readonly Gen<uint> s_command = Gen.OneOf(
        Gen.Elements(
            Linux.RNDGETENTCNT, Linux.RNDADDTOENTCNT, Linux.RNDADDENTROPY, Linux.RNDZAPENTCNT, Linux.RNDCLEARPOOL,
            Linux.RNDRESEEDCRNG, LrngHeader.LRNG_GETSEED, LrngHeader.LRNG_GETSTATUS),
        Gen.Choose(0, 255).Select(number => 0x5200u | (uint)number),
        Gen.Choose(int.MinValue, int.MaxValue).Select(number => (uint)number));

    private static readonly Gen<ulong> s_argument = Gen.OneOf(
        Gen.Choose(0, 300).Select(offset => IoctlCaller.Address + (ulong)offset),
        Gen.Elements(0ul, 1ul << 32, ulong.MaxValue, ulong.MaxValue - 8));

    // Words that are sizes, flags and addresses more often than chance would have it.
    private static readonly Gen<int> s_word = Gen.OneOf(
        Gen.Choose(int.MinValue, int.MaxValue),
        Gen.Choose(-1, 300),
        Gen.Elements(int.MinValue, int.MaxValue, 0x20, 1, (int)IoctlCaller.Address, LrngHeader.LRNG_ADDENTROPY_MAX));

    public static Arbitrary<AnyIoctl> Ioctls() =>
        (from command in s_command
         from argument in s_argument
         from words in s_word.ArrayOf(80)
         from changes in s_word.ArrayOf(4)
         from choices in Gen.Choose(0, 15)
         select new AnyIoctl(command, argument, words, changes, choices)).ToArbitrary();
}
