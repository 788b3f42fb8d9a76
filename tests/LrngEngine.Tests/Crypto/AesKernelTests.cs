// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.InteropServices;
using System.Security.Cryptography;
using LrngEngine.Crypto;

namespace LrngEngine.Tests.Crypto;

[TestFixtureSource(nameof(Kernels))]
internal sealed class AesKernelTests(string kernelName)
{
    private AesKernel _kernel;

    // Those of another architecture are not reported as left out.
    private static IEnumerable<string> Kernels =>
        ["portable", RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "armv8" : "aesni"];

    [OneTimeSetUp]
    public void Require_kernel()
    {
        _kernel = AesKernels.Known.Single(known => known.Name == kernelName);
        if (!_kernel.IsSupported)
        {
            Assert.Ignore($"AES kernel {kernelName}: this CPU or run lacks the instructions");
        }
    }

    // FIPS 197, C.3.
    [Test]
    public void Aes_256_of_the_standard() => KnownAnswer.Check(
        input => Encrypt(input[..32], input[32..]),
        Convert.FromHexString("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f00112233445566778899aabbccddeeff"),
        "8ea2b7ca516745bfeafc49904b496089");

    [Test]
    public void Aes_agrees_with_the_platform([Range(1, 9)] int blocks)
    {
        for (int seed = 0; seed < 50; seed++)
        {
            byte[] key = SHA256.HashData([(byte)seed, (byte)blocks]);
            byte[] data = Filler(key, blocks * 16);
            using Aes aes = Aes.Create();
            aes.Key = key;
            Assert.That(Encrypt(key, data), Is.EqualTo(aes.EncryptEcb(data, PaddingMode.None)));
        }
    }

    // Carries between the halves of the counter, and out of it.
    [TestCase(0UL, 0UL)]
    [TestCase(0UL, ulong.MaxValue - 3)]
    [TestCase(7UL, ulong.MaxValue)]
    [TestCase(7UL, ulong.MaxValue - 20)]
    [TestCase(ulong.MaxValue, ulong.MaxValue - 11)]
    [TestCase(0x0123456789abcdefUL, 0xfedcba9876543210UL)]
    public void Counters_go_up_by_one(ulong high, ulong low)
    {
        const int Groups = 3;
        byte[] key = SHA256.HashData([1]);
        byte[] output = new byte[Groups * AesKernel.GroupBytes];
        byte[] counters = new byte[output.Length];
        UInt128 counter = new(high, low);
        for (int at = 0; at < counters.Length; at += 16)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(counters.AsSpan(at), ++counter);
        }

        Count(key, high, low, output, Groups);
        using Aes aes = Aes.Create();
        aes.Key = key;
        Assert.That(output, Is.EqualTo(aes.EncryptEcb(counters, PaddingMode.None)));
    }

    private unsafe byte[] Encrypt(byte[] key, byte[] data)
    {
        byte[] expanded = new byte[_kernel.ExpandedKeyBytes];
        byte[] output = [.. data];
        fixed (byte* keyBytes = key, expandedBytes = expanded, outputBytes = output)
        {
            _kernel.ExpandKey(keyBytes, expandedBytes);
            _kernel.Encrypt(expandedBytes, outputBytes, data.Length / 16);
        }

        return output;
    }

    private unsafe void Count(byte[] key, ulong high, ulong low, byte[] output, int groups)
    {
        byte[] expanded = new byte[_kernel.ExpandedKeyBytes];
        fixed (byte* keyBytes = key, expandedBytes = expanded, outputBytes = output)
        {
            _kernel.ExpandKey(keyBytes, expandedBytes);
            _kernel.Count(expandedBytes, high, low, outputBytes, groups);
        }
    }

    private static byte[] Filler(byte[] input, int bytes)
    {
        byte[] output = new byte[bytes];
        for (int at = 0; at < bytes; at++)
        {
            output[at] = SHA256.HashData([.. input, (byte)at])[0];
        }

        return output;
    }
}
