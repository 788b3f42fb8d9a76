// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;
using LrngEngine.Memory;
using Org.BouncyCastle.Crypto;

namespace LrngEngine.Tests.Crypto;

[TestFixture("SHA-256")]
[TestFixture("SHA-384")]
[TestFixture("SHA-512")]
[TestFixture("SHA3-256")]
[TestFixture("SHA3-512")]
internal sealed class ConditioningHashTests(string name)
{
    private readonly HashCase _case = HashCase.All.Single(known => known.Name == name);

    [Test]
    public void Digest_of_nothing() => KnownAnswer.Check(Digest, [], _case.OfNothing);

    [Test]
    public void Digest_of_abc() => KnownAnswer.Check(Digest, "abc"u8.ToArray(), _case.OfAbc);

    // Every way in which input can end within one and two blocks (128, 136 and 72 bytes) and their padding.
    [Test]
    public void Every_short_length_agrees()
    {
        for (int bytes = 0; bytes <= 300; bytes++)
        {
            Compare(new HashInput([.. Enumerable.Range(0, bytes).Select(index => (byte)(index * 7))], []));
        }
    }

    [FsCheck.NUnit.Property(Arbitrary = [typeof(CryptoArbitraries)], MaxTest = 300)]
    public void Every_splitting_agrees(HashInput input) => Compare(input);

    // Every end of a message within a block and its padding, in bits.
    [Test]
    public void Input_that_ends_within_a_byte()
    {
        if (_case.OfLastBits is { } known)
        {
            Assert.That(Convert.ToHexStringLower(Digest([], known.LastByte, known.Bits)), Is.EqualTo(known.Digest));
            return;
        }

        for (int bytes = 0; bytes <= 150; bytes++)
        {
            byte[] input = [.. Enumerable.Range(0, bytes).Select(index => (byte)(index * 7))];
            for (int bits = 0; bits < 8; bits++)
            {
                byte last = (byte)(bytes * 11);
                byte[] expected = new PartialSha3Digest(_case.OfAbc.Length / 2 * 8).Digest(input, last, bits);
                Assert.That(Digest(input, last, bits), Is.EqualTo(expected), $"{bytes} bytes and {bits} bits");
            }
        }
    }

    // The bits that are not asked for have no say.
    [Test]
    public void Bits_beyond_the_last_one_are_ignored()
    {
        bool upward = name.StartsWith("SHA3", StringComparison.Ordinal);
        for (int bits = 0; bits < 8; bits++)
        {
            int kept = upward ? (1 << bits) - 1 : ~(0xff >> bits);
            Assert.That(Digest([1], 0xff, bits), Is.EqualTo(Digest([1], (byte)(0xff & kept), bits)));
        }
    }

    [Test]
    public void Name_and_length()
    {
        using var arena = new SecretArena(4096);
        using ConditioningHash hash = _case.Create(arena);
        Assert.That(hash.Name, Is.EqualTo(name));
        Assert.That(hash.DigestBytes, Is.EqualTo(_case.OfAbc.Length / 2));
    }

    [Test]
    public void Finish_forgets_and_starts_anew()
    {
        using var view = new ArenaView();
        using ConditioningHash hash = _case.Create(view.Arena);
        byte[] initial = view.Snapshot();
        byte[] first = Finish(hash, new byte[1000], 200);
        Assert.That(view.Snapshot(), Is.EqualTo(initial));

        Assert.That(Finish(hash, new byte[1000], 200), Is.EqualTo(first));
    }

    [Test]
    public void Initialize_forgets()
    {
        using var view = new ArenaView();
        using ConditioningHash hash = _case.Create(view.Arena);
        byte[] initial = view.Snapshot();
        hash.Update(new byte[201]);
        hash.Initialize();
        Assert.That(view.Snapshot(), Is.EqualTo(initial));

        Assert.That(Convert.ToHexStringLower(Finish(hash, "abc"u8.ToArray(), 3)), Is.EqualTo(_case.OfAbc));
    }

    [TestCase(-1)]
    [TestCase(1)]
    public void A_digest_of_another_length_is_refused_and_the_input_kept(int more)
    {
        using var arena = new SecretArena(4096);
        using ConditioningHash hash = _case.Create(arena);
        hash.Update("abc"u8);
        Assert.That(() => hash.Finish(new byte[hash.DigestBytes + more]), Throws.InstanceOf<ArgumentException>());
        Assert.That(Convert.ToHexStringLower(Finish(hash, [], 1)), Is.EqualTo(_case.OfAbc));
    }

    [Test]
    public void Dispose_wipes_and_gives_back()
    {
        using var view = new ArenaView();
        ConditioningHash hash = _case.Create(view.Arena);
        hash.Update(Enumerable.Repeat((byte)0xff, 201).ToArray());
        hash.Dispose();
        hash.Dispose();

        Assert.Multiple(() =>
        {
            Assert.That(view.Snapshot(), Is.All.Zero);
            Assert.That(() => hash.Initialize(), Throws.TypeOf<ObjectDisposedException>());
            Assert.That(() => hash.Update([1]), Throws.TypeOf<ObjectDisposedException>());
            Assert.That(() => hash.Update([]), Throws.TypeOf<ObjectDisposedException>());
            Assert.That(() => hash.Finish(new byte[hash.DigestBytes]), Throws.TypeOf<ObjectDisposedException>());
        });
    }

    [Test]
    public void A_full_arena_is_an_error()
    {
        using var arena = new SecretArena(4096);
        using SecretBuffer others = arena.Allocate(4096);
        Assert.That(() => _case.Create(arena), Throws.InvalidOperationException);
    }

    private void Compare(HashInput input)
    {
        using var arena = new SecretArena(4096);
        using ConditioningHash hash = _case.Create(arena);
        foreach (byte[] update in input.Updates())
        {
            hash.Update(update);
        }

        byte[] digest = new byte[hash.DigestBytes];
        hash.Finish(digest);
        Assert.That(digest, Is.EqualTo(ByBouncyCastle(input.Bytes)), "BouncyCastle");
        if (_case.Platform is { } platform)
        {
            Assert.That(digest, Is.EqualTo(platform(input.Bytes)), "platform");
        }
    }

    private byte[] ByBouncyCastle(byte[] input)
    {
        IDigest digest = _case.BouncyCastle();
        digest.BlockUpdate(input, 0, input.Length);
        byte[] output = new byte[digest.GetDigestSize()];
        _ = digest.DoFinal(output, 0);
        return output;
    }

    private byte[] Digest(byte[] input, byte lastByte, int lastBits)
    {
        using var arena = new SecretArena(4096);
        using ConditioningHash hash = _case.Create(arena);
        hash.Update(input);
        byte[] digest = new byte[hash.DigestBytes];
        hash.Finish(digest, lastByte, lastBits);
        return digest;
    }

    private byte[] Digest(byte[] input)
    {
        using var arena = new SecretArena(4096);
        using ConditioningHash hash = _case.Create(arena);
        return Finish(hash, input, Math.Max(1, input.Length));
    }

    private static byte[] Finish(ConditioningHash hash, byte[] input, int pieceBytes)
    {
        foreach (byte[] piece in input.Chunk(pieceBytes))
        {
            hash.Update(piece);
        }

        byte[] digest = new byte[hash.DigestBytes];
        hash.Finish(digest);
        return digest;
    }
}
