// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Text;
using LrngEngine.Crypto;

namespace LrngEngine.SelfTests;

/// <summary>Known answers of the conditioning hashes: the messages of one and of two blocks of NIST's examples for FIPS 180-4 and
/// FIPS 202; the first is the one of LRNG's self-test.</summary>
internal static class HashSelfTests
{
    private const string OneBlock = "abc";

    private const string TwoBlocks =
        "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu";

    /// <summary>Those of one hash; none if the name is not one of <see cref="ConditioningHashes.All"/>.</summary>
    internal static IEnumerable<KnownAnswerTest> Of(ConditioningHashFactory hash) => Digests(hash.Name) is { } digests
        ? [Of(hash, OneBlock, digests.OneBlock), Of(hash, TwoBlocks, digests.TwoBlocks)]
        : [];

    private static KnownAnswerTest Of(ConditioningHashFactory factory, string message, string digest) => new(
        SelfTestAreas.Hash,
        $"{factory.Name} of {message.Length} bytes",
        Encoding.ASCII.GetBytes(message),
        Convert.FromHexString(digest),
        (arena, input, answer) =>
        {
            using ConditioningHash hash = factory.Create(arena);
            hash.Update(input);
            hash.Finish(answer);
        });

    private static (string OneBlock, string TwoBlocks)? Digests(string name) => name switch
    {
        "sha256" => (
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"),
        "sha384" => (
            "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7",
            "09330c33f71147e83d192fc782cd1b4753111b173b3b05d22fa08086e3b0f712fcc7c71a557e2db966c3e9fa91746039"),
        "sha512" => (
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
            + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
            "8e959b75dae313da8cf4f72814fc143f8f7779c6eb9f7fa17299aeadb6889018"
            + "501d289e4900f7e4331b99dec4b5433ac7d329eeb6dd26545e96e55b874be909"),
        "sha3-256" => (
            "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532",
            "916f6061fe879741ca6469b43971dfdb28b1a32dc36cb3254e812be27aad1d18"),
        "sha3-512" => (
            "b751850b1a57168a5693cd924b6b096e08f621827444f70d884f5d0240d2712e"
            + "10e116e9192af3c91a7ec57647e3934057340b4cf408d5a56592f8274eec53f0",
            "afebb2ef542e6579c50cad06d2e578f9f8dd6881d7dc824d26360feebf18a4fa"
            + "73e3261122948efcfd492e74e82e2189ed0fb440d187f382270cb455f21dd185"),
        _ => null,
    };
}
