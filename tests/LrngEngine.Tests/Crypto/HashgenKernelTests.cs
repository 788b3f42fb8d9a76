// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using LrngEngine.Crypto;

namespace LrngEngine.Tests.Crypto;

/// <summary>Every kernel gives what the platform's hash gives of each integer.</summary>
[TestFixture(typeof(Sha256Function), "portable")]
[TestFixture(typeof(Sha256Function), "v128")]
[TestFixture(typeof(Sha256Function), "v256")]
[TestFixture(typeof(Sha256Function), "v512")]
[TestFixture(typeof(Sha512Function), "portable")]
[TestFixture(typeof(Sha512Function), "v256")]
[TestFixture(typeof(Sha512Function), "v512")]
[TestFixture(typeof(Sha3_512Function), "portable")]
[TestFixture(typeof(Sha3_512Function), "v128")]
[TestFixture(typeof(Sha3_512Function), "v256")]
[TestFixture(typeof(Sha3_512Function), "v512")]
internal sealed unsafe class HashgenKernelTests<THash>(string kernelName)
    where THash : struct, IHashFunction
{
    private static readonly int s_integerBytes = THash.DigestBytes > 32 ? 888 / 8 : 440 / 8;

    private HashgenKernel _kernel;

    [OneTimeSetUp]
    public void Require_kernel()
    {
        KernelList<HashgenKernel> kernels = default(THash) switch
        {
            Sha256Function => HashgenKernels.Sha256,
            Sha512Function => HashgenKernels.Sha512,
            _ => HashgenKernels.Sha3,
        };
        _kernel = kernels.Known.Single(known => known.Name == kernelName);
        if (!_kernel.IsSupported)
        {
            Assert.Ignore($"Hashgen kernel {kernelName}: this CPU or run lacks the vectors");
        }
    }

    // The last bytes of the integer: carries out of none, one, several and all of its words.
    [TestCase("")]
    [TestCase("ff")]
    [TestCase("fd")]
    [TestCase("fffffe")]
    [TestCase("00ffffff")]
    [TestCase("fffffffffffffe")]
    [TestCase("ffffffffffffffffffffffffffffff")]
    [TestCase("00ffffffffffffffffffffffffffffffff")]
    public void Integers_go_up_by_one(string end)
    {
        byte[] data = new byte[s_integerBytes];
        SHA256.HashData(Convert.FromHexString(end), data.AsSpan(0, 32));
        Convert.FromHexString(end).CopyTo(data.AsSpan(data.Length - (end.Length / 2)));
        Check(data);
    }

    [Test]
    public void The_largest_integer_is_followed_by_zero() => Check([.. Enumerable.Repeat((byte)0xff, s_integerBytes)]);

    private void Check(byte[] data)
    {
        byte[][] expected = [.. Enumerable.Range(0, _kernel.Lanes).Select(lane => Digest(Plus(data, lane)))];
        Assert.That(Generate(data, THash.DigestBytes), Is.EqualTo(expected.SelectMany(digest => digest)));

        // As SHA-384 does with SHA-512.
        int part = THash.DigestBytes * 3 / 4;
        Assert.That(Generate(data, part), Is.EqualTo(expected.SelectMany(digest => digest[..part])));
    }

    private static byte[] Digest(byte[] data) => default(THash) switch
    {
        Sha256Function => SHA256.HashData(data),
        Sha512Function => SHA512.HashData(data),
        _ => SHA3_512.HashData(data),
    };

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
        byte[] message = new byte[HashDrbg<THash>.MessageBytes];
        data.CopyTo(message, 0);
        message[data.Length] = THash.FirstPadByte;
        byte[] output = new byte[_kernel.Lanes * digestBytes];
        byte* scratch = (byte*)NativeMemory.AlignedAlloc((nuint)_kernel.ScratchBytes, 64);
        fixed (byte* messageBytes = message, outputBytes = output, initial = new byte[THash.StateBytes])
        {
            THash.WriteEnd(messageBytes + message.Length - THash.BlockBytes, (ulong)data.Length);
            THash.Initialize(initial);
            _kernel.Generate(messageBytes, initial, scratch, outputBytes, digestBytes);
        }

        NativeMemory.AlignedFree(scratch);
        return output;
    }
}
