// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;
using LrngEngine.Memory;

namespace LrngEngine.Tests.Crypto;

/// <summary>Random sequences of calls give the same bytes here, in OpenSSL and in BouncyCastle. The kernels take turns.</summary>
[TestFixture]
internal sealed class DrbgDifferentialTests
{
    // Sequences of each DRBG in an ordinary run; another number by this variable. 10,000 take a minute or two of CPU time in all.
    private const string CountVariable = "LRNG_DRBG_SEQUENCES";
    private const int DefaultCount = 500;

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
                // Every other sequence keeps to what all of them can.
                int maxRequestBytes = number % 2 == 0 ? Drbg.MaxRequestBytes : oracles.Min(oracle => oracle.MaxRequestBytes);
                Compare(cases[number / 2 % cases.Length], oracles, DrbgSequence.Create(number, maxRequestBytes));
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
