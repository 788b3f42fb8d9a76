// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;

namespace LrngEngine.Tests.Crypto;

/// <summary>A test vector of a DRBG: calls that begin with the instantiation.</summary>
/// <param name="Drbg">Name in the list of DRNGs.</param>
/// <param name="Name">Where the vector comes from.</param>
/// <param name="Calls">The calls.</param>
internal sealed record DrbgVector(string Drbg, string Name, params DrbgCall[] Calls)
{
    /// <summary>All vectors of which one input has a bit changed.</summary>
    public IEnumerable<DrbgVector> WithChangedInput() => Changed(call => call.WithChangedInput());

    /// <summary>All vectors of which one expectation has a bit changed.</summary>
    public IEnumerable<DrbgVector> WithChangedExpectation() =>
        Changed(call => call.Expected is null ? [] : [call.WithChangedExpectation()]);

    /// <summary>Makes the calls.</summary>
    /// <returns>How many outputs were not as expected.</returns>
    public int Failures(Drbg drbg)
    {
        int failures = 0;
        foreach (DrbgCall call in Calls)
        {
            byte[] output = call.Apply(drbg);
            failures += call.Expected is { } expected && !output.AsSpan().SequenceEqual(expected) ? 1 : 0;
        }

        return failures;
    }

    public override string ToString() => $"{Drbg} {Name}";

    private IEnumerable<DrbgVector> Changed(Func<DrbgCall, IEnumerable<DrbgCall>> change) =>
        from index in Enumerable.Range(0, Calls.Length)
        from changed in change(Calls[index])
        select this with { Calls = [.. Calls[..index], changed, .. Calls[(index + 1)..]] };
}
