// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;

namespace LrngEngine.Tests.Crypto;

/// <summary>Between two calls nothing but the working state stands in memory: everything else that a call has used is zeros.</summary>
[TestFixture]
internal sealed class DrbgMemoryTests
{
    // Where the DRBG begins in the arena.
    private const int Start = 64;
    private const int ValueBytes = 111;

    private static readonly byte[] s_entropy = [.. Enumerable.Range(1, 48).Select(value => (byte)value)];
    private static readonly byte[] s_data = [.. Enumerable.Range(1, 70).Select(value => (byte)value)];

    private static IEnumerable<DrbgCase> Ctr => DrbgCase.All.Where(one => one.Drbg == "ctr-aes256");

    private static IEnumerable<DrbgCase> Hash => DrbgCase.All.Where(one => one.Drbg == "hash-sha512");

    private static IEnumerable<DrbgCase> Hmac => DrbgCase.All.Where(one => one.Drbg == "hmac-sha512");

    // V, then what is temporary, then the expanded key.
    [TestCaseSource(nameof(Ctr))]
    public void Ctr_drbg(DrbgCase one)
    {
        AesKernel kernel = AesKernels.Known.Single(known => known.Name == one.Kernel);
        int temporary = 48 + (2 * AesKernel.GroupBytes) + BlockCipherDerivation.WorkBytes(kernel);
        Check(one, (Start + 16, temporary), (Start + 16 + temporary + kernel.ExpandedKeyBytes, 64));
    }

    // Tag and V, tag and C, then what is temporary: a copy, that copy in its padding, a digest, the hash; behind the initial
    // chaining value the message schedules.
    [TestCaseSource(nameof(Hash))]
    public void Hash_drbg(DrbgCase one)
    {
        const int Copy = Start + (2 * (ValueBytes + 1));
        const int Digest = Copy + ValueBytes + 1 + Sha512Compression.BlockBytes;
        int hash = 64 + HashMemory<Sha512Function>.Bytes;
        Check(
            one,
            (Start, 1),
            (Start + ValueBytes + 1, 1),
            (Copy, (2 * ValueBytes) + 1),
            (Digest, hash),
            (Digest + hash + 64, 2048));
    }

    // V, the tag, the key as two chaining values, then what is temporary.
    [TestCaseSource(nameof(Hmac))]
    public void Hmac_drbg(DrbgCase one)
    {
        const int Key = Start + 64 + sizeof(ulong);
        int keyBytes = HmacMemory<Sha512Function>.KeyStateBytes;
        Check(one, (Start + 64, sizeof(ulong)), (Key + keyBytes, 2048));
    }

    private static void Check(DrbgCase one, params (int At, int Bytes)[] wiped)
    {
        using var view = new ArenaView();
        using Drbg drbg = one.Require(view.Arena);
        byte[] output = new byte[1300];
        Action[] calls =
        [
            () => drbg.Instantiate(s_entropy, s_entropy, s_data),
            () => drbg.Generate(output.AsSpan(0, 16)),
            () => drbg.Generate(output),
            () => drbg.Generate(output, s_data),
            () => drbg.Generate([], s_data),
            () => drbg.Reseed(s_entropy),
            () => drbg.Reseed(s_entropy, s_data),
        ];
        for (int call = 0; call < calls.Length; call++)
        {
            calls[call]();
            byte[] memory = view.Snapshot();
            Assert.That(memory.AsSpan(Start, 200).IndexOfAnyExcept((byte)0), Is.Not.Negative, "the state is where it is looked for");
            foreach ((int at, int bytes) in wiped)
            {
                Assert.That(memory.AsSpan(at, bytes).IndexOfAnyExcept((byte)0), Is.Negative, $"call {call}, behind {at}");
            }
        }
    }
}
