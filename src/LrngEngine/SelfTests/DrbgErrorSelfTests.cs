// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics;
using LrngEngine.Crypto;
using LrngEngine.Memory;

namespace LrngEngine.SelfTests;

/// <summary>The error handling of the DRBGs (SP 800-90A 11.3.2 to 11.3.6): what has to be refused is, at the request where it has
/// to be, and the error state is left by uninstantiating alone.</summary>
internal static class DrbgErrorSelfTests
{
    private const byte ReseedInterval = 3;

    private delegate Drbg Factory(SecretArena arena, ulong reseedInterval);

    internal static IEnumerable<KnownAnswerTest> All =>
    [
        Of((arena, interval) => new CtrDrbg(arena, AesKernels.Best, interval), "ctr-aes256"),
        Of((arena, interval) => new HashDrbg<Sha512Function>(arena, "sha512", HashgenKernels.Sha512.Best, interval), "hash-sha512"),
        Of((arena, interval) => new HmacDrbg<Sha512Function>(arena, "sha512", interval), "hmac-sha512"),
    ];

    /// <summary>That of the mechanism which a DRNG of the registry is; none if it is no DRBG.</summary>
    internal static IEnumerable<KnownAnswerTest> Of(string drng) => All.Where(test => Family(test.Name) == Family(drng));

    private static string Family(string name) => name.Split('-')[0];

    // The reseed interval in; out as many requests as were served before a reseed was due, and how many of the eight calls below
    // were refused.
    private static KnownAnswerTest Of(Factory create, string name) => new(
        SelfTestAreas.Drng,
        $"{name} error handling",
        [ReseedInterval],
        [ReseedInterval, 8],
        (arena, input, answer) =>
        {
            using Drbg drbg = create(arena, input[0]);
            answer[0] = ServedRequests(drbg);
            answer[1] = RefusedCalls(drbg);
        });

    private static byte ServedRequests(Drbg drbg)
    {
        byte[] output = new byte[16];
        drbg.Instantiate(EntropyInput(drbg), [], []);
        byte served = 0;
        while (served < byte.MaxValue && !IsRefused(() => drbg.Generate(output)))
        {
            served++;
        }

        return served;
    }

    private static byte RefusedCalls(Drbg drbg)
    {
        byte[] output = new byte[16];
        byte[] entropyInput = EntropyInput(drbg);
        byte[] shortInput = entropyInput[1..];

        byte refused = Count(() => drbg.Instantiate(entropyInput, [], []), () => drbg.Reseed(shortInput));
        drbg.Reseed(entropyInput);
        refused += Count(() => drbg.Generate(new byte[Drbg.MaxRequestBytes + 1]));
        drbg.Generate(output);

        drbg.EnterErrorState();
        refused += Count(
            () => drbg.Generate(output), () => drbg.Reseed(entropyInput), () => drbg.Instantiate(entropyInput, [], []));

        drbg.Uninstantiate();
        refused += Count(() => drbg.Generate(output), () => drbg.Instantiate(shortInput, [], []));
        drbg.Instantiate(entropyInput, [], []);
        return refused;
    }

    private static byte[] EntropyInput(Drbg drbg) => new byte[drbg.MinEntropyInputBytes];

    private static byte Count(params ReadOnlySpan<Action> calls)
    {
        byte refused = 0;
        foreach (Action call in calls)
        {
            refused += IsRefused(call) ? (byte)1 : (byte)0;
        }

        return refused;
    }

    // Refusals are exceptions; any other is an error of the test.
    private static bool IsRefused(Action call)
    {
        try
        {
            call();
            return false;
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException)
        {
            Debug.Assert(error is not ObjectDisposedException, "the test keeps it alive");
            return true;
        }
    }
}
