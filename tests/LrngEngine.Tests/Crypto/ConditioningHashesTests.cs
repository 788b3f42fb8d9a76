// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;
using LrngEngine.Memory;

namespace LrngEngine.Tests.Crypto;

[TestFixture]
internal sealed class ConditioningHashesTests
{
    private static IEnumerable<ConditioningHashFactory> All => ConditioningHashes.All;

    [Test]
    public void The_default_is_the_one_of_lrng() => Assert.That(ConditioningHashes.Default.Name, Is.EqualTo("sha512"));

    [Test]
    public void Names_are_unique() => Assert.That(All.Select(hash => hash.Name), Is.Unique);

    [TestCase("sha256")]
    [TestCase("sha384")]
    [TestCase("sha512")]
    [TestCase("sha3-256")]
    [TestCase("sha3-512")]
    public void Every_name_is_found(string name)
    {
        Assert.That(ConditioningHashes.TryFind(name, out ConditioningHashFactory? hash), Is.True);
        Assert.That(hash?.Name, Is.EqualTo(name));
    }

    [TestCase("")]
    [TestCase("SHA-512")]
    [TestCase("sha512 ")]
    [TestCase("md5")]
    public void Other_names_are_not(string name)
    {
        Assert.That(ConditioningHashes.TryFind(name, out ConditioningHashFactory? hash), Is.False);
        Assert.That(hash, Is.Null);
    }

    [TestCaseSource(nameof(All))]
    public void An_instance_is_what_the_list_says(ConditioningHashFactory factory)
    {
        using var arena = new SecretArena(4096);
        using ConditioningHash hash = factory.Create(arena);
        Assert.That(hash.DigestBytes * 8, Is.EqualTo(factory.DigestBits));
        Assert.That(Plain(hash.Name), Is.EqualTo(Plain(factory.Name)));
    }

    private static string Plain(string name) => name.Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();
}
