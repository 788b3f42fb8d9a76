// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using LrngEngine.Crypto;

namespace LrngEngine.Tests.Crypto;

[TestFixture("portable")]
[TestFixture("v256")]
[TestFixture("v512")]
internal sealed unsafe class HashgenKernelTests(string kernelName)
{
    // The initial chaining value of SHA-512, so that the platform's SHA-512 knows the answer.
    private static readonly ulong[] s_initial =
    [
        0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
        0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
    ];

    private HashgenKernel _kernel;

    [OneTimeSetUp]
    public void Require_kernel()
    {
        _kernel = HashgenKernels.Known.Single(known => known.Name == kernelName);
        if (!_kernel.IsSupported)
        {
            Assert.Ignore($"Hashgen kernel {kernelName}: this CPU or run lacks the vectors");
        }
    }

    // The last bytes of the integer: carries out of none, one, two and all of its words.
    [TestCase("")]
    [TestCase("ff")]
    [TestCase("fd")]
    [TestCase("fffffffffffffe")]
    [TestCase("ffffffffffffffffffffffffffffff")]
    [TestCase("00ffffffffffffffffffffffffffffffff")]
    public void Integers_go_up_by_one(string end)
    {
        byte[] data = new byte[HashgenKernel.IntegerBytes];
        SHA512.HashData(Convert.FromHexString(end), data.AsSpan(0, 64));
        Convert.FromHexString(end).CopyTo(data.AsSpan(data.Length - (end.Length / 2)));
        Check(data);
    }

    [Test]
    public void The_largest_integer_is_followed_by_zero() =>
        Check([.. Enumerable.Repeat((byte)0xff, HashgenKernel.IntegerBytes)]);

    private void Check(byte[] data)
    {
        byte[] expected = new byte[_kernel.Lanes * 64];
        for (int lane = 0; lane < _kernel.Lanes; lane++)
        {
            SHA512.HashData(Plus(data, lane), expected.AsSpan(lane * 64));
        }

        Assert.That(Generate(data, 64), Is.EqualTo(expected));
        Assert.That(Generate(data, 48), Is.EqualTo(expected.Chunk(64).SelectMany(digest => digest[..48])));
    }

    private static byte[] Plus(byte[] data, int addend)
    {
        BigInteger sum = new BigInteger(data, isUnsigned: true, isBigEndian: true) + addend;
        byte[] bytes = sum.ToByteArray(isUnsigned: true, isBigEndian: true);
        byte[] result = new byte[data.Length];
        int taken = Math.Min(bytes.Length, result.Length);
        bytes.AsSpan(bytes.Length - taken).CopyTo(result.AsSpan(result.Length - taken));
        return result;
    }

    private byte[] Generate(byte[] data, int digestBytes)
    {
        byte[] message = [.. data, 0x80, .. new byte[14], 888 >> 8, 888 & 0xff];
        byte[] output = new byte[_kernel.Lanes * digestBytes];
        byte* scratch = (byte*)NativeMemory.AlignedAlloc((nuint)_kernel.ScratchBytes, 64);
        fixed (byte* messageBytes = message, outputBytes = output)
        fixed (ulong* initial = s_initial)
        {
            _kernel.Generate(messageBytes, initial, scratch, outputBytes, digestBytes);
        }

        NativeMemory.AlignedFree(scratch);
        return output;
    }
}
