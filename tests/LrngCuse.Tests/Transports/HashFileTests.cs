// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Security.Cryptography;
using LrngCuse.Interop;
using LrngCuse.Transports.Mount;
using LrngEngine.Crypto;

namespace LrngCuse.Tests.Transports;

/// <summary>The raw hash interface: a message in, its digest out, by the hash that is in force then.</summary>
[TestFixture]
internal sealed class HashFileTests
{
    private ConditioningHashFactory _hash = ConditioningHashes.Default;

    [Test]
    public void The_digest_is_of_the_last_message()
    {
        HashFile file = Create();
        Assert.That(Read(file, 64), Is.EqualTo(SHA512.HashData([])));
        Assert.That(file.Write("first"u8), Is.Zero);
        Assert.That(file.Write("abc"u8), Is.Zero);
        Assert.That(Read(file, 64), Is.EqualTo(SHA512.HashData("abc"u8)));
        Assert.That(Read(file, 10), Is.EqualTo(SHA512.HashData("abc"u8)[..10]));
    }

    [Test]
    public void The_hash_is_the_one_in_force()
    {
        HashFile file = Create();
        _ = file.Write("abc"u8);
        _hash = ConditioningHashes.All.Single(hash => hash.Name == "sha384");
        Assert.That(Read(file, 48), Is.EqualTo(SHA384.HashData("abc"u8)));
        Assert.That(file.Read(new byte[49]), Is.EqualTo(Linux.EINVAL));
    }

    [Test]
    public void A_message_that_is_too_long_is_refused_and_the_one_before_kept()
    {
        HashFile file = Create();
        byte[] longest = new byte[HashFile.MaximumMessageBytes];
        Assert.That(file.Write(longest), Is.Zero);
        Assert.That(file.Write(new byte[HashFile.MaximumMessageBytes + 1]), Is.EqualTo(Linux.EINVAL));
        Assert.That(Read(file, 64), Is.EqualTo(SHA512.HashData(longest)));
    }

    private HashFile Create() => new("acvt_hash", () => _hash);

    private static byte[] Read(HashFile file, int bytes)
    {
        byte[] output = new byte[bytes];
        Assert.That(file.Read(output), Is.Zero);
        return output;
    }
}
