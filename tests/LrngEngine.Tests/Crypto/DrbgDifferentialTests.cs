// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;
using LrngEngine.Memory;

namespace LrngEngine.Tests.Crypto;

/// <summary>Random sequences of calls give the same bytes here, in OpenSSL and in BouncyCastle. The kernels take turns.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class DrbgDifferentialTests
{
    // Sequences of each DRBG in an ordinary run; another number by this variable.
    private const string CountVariable = "LRNG_DRBG_SEQUENCES";
    private const int DefaultCount = 10_000;

    // The other implementations take most of the time, and nearly all of it for long requests: one sequence of these may have
    // the longest, another one the longest that all of them can.
    private const int LongEvery = 32;
    private const int ShortRequestBytes = 2048;

    private static IEnumerable<string> Names => DrbgCase.All.Select(one => one.Drbg).Distinct();

    [TestCaseSource(nameof(Names))]
    public void Sequences_agree(string drbg)
    {
        string? count = Environment.GetEnvironmentVariable(CountVariable);
        Compare(drbg, count is null ? DefaultCount : int.Parse(count, System.Globalization.CultureInfo.InvariantCulture));
    }

    private static void Compare(string drbg, int count)
    {
        DrbgCase[] cases = [.. DrbgCase.All.Where(one => one.Drbg == drbg && one.Supported)];
        DrbgOracle[] oracles = [new OpenSslDrbg(drbg), new BouncyCastleDrbg(drbg)];
        try
        {
            for (int number = 0; number < count; number++)
            {
                int maxRequestBytes = (number % LongEvery) switch
                {
                    0 => Drbg.MaxRequestBytes,
                    1 => oracles.Min(oracle => oracle.MaxRequestBytes),
                    _ => ShortRequestBytes,
                };
                Compare(cases[number / LongEvery % cases.Length], oracles, DrbgSequence.Create(number, maxRequestBytes));
            }
        }
        finally
        {
            Array.ForEach(oracles, oracle => oracle.Dispose());
        }
    }

    private static void Compare(DrbgCase one, DrbgOracle[] oracles, DrbgSequence sequence)
    {
        using var arena = new SecretArena(8192);
        using Drbg drbg = one.Create(arena, Drbg.MaxReseedInterval);
        DrbgOracle[] able =
            [.. oracles.Where(oracle => oracle.IsSupported && sequence.Calls.All(call => call.Bytes <= oracle.MaxRequestBytes))];
        foreach (DrbgCall call in sequence.Calls)
        {
            byte[] output = call.Apply(drbg);
            foreach (DrbgOracle oracle in able)
            {
                if (!oracle.Apply(call).AsSpan().SequenceEqual(output))
                {
                    Assert.Fail($"{one} and {oracle.Name} disagree at {call} of {sequence}");
                }
            }
        }
    }
}
