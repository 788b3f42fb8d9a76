// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.InteropServices;
using System.Security.Cryptography;
using LrngEngine.Crypto;

namespace LrngEngine.Tests.Crypto;

/// <summary>A test vector of the ChaCha20 DRNG: steps that begin at the zero state.</summary>
internal sealed record DrngVector(string Name, params DrngStep[] Steps)
{
    /// <summary>All vectors of which one input has a bit changed.</summary>
    public IEnumerable<DrngVector> WithChangedInput() => Changed(step => step.IsInput);

    /// <summary>All vectors of which one expectation has a bit changed.</summary>
    public IEnumerable<DrngVector> WithChangedExpectation() => Changed(step => !step.IsInput);

    /// <summary>Runs the steps.</summary>
    /// <returns>What was not as expected, empty if all was.</returns>
    public IReadOnlyList<string> Run(ChaCha20Drng drng)
    {
        List<string> failures = [];
        foreach (DrngStep step in Steps)
        {
            string actual = Do(step, drng);
            if (actual != step.Expected)
            {
                failures.Add($"{step.Verb} {step.Bytes}: expected {step.Expected}, was {actual}");
            }
        }

        return failures;
    }

    public override string ToString() => Name;

    private static string Do(DrngStep step, ChaCha20Drng drng)
    {
        Span<byte> variable = MemoryMarshal.AsBytes(drng.State[4..]);
        switch (step.Verb)
        {
            case "start":
                step.Input.CopyTo(variable);
                return "";
            case "seed":
                drng.Seed(step.Input);
                return "";
            case "state":
                return Convert.ToHexStringLower(variable);
            case "counter":
                return Convert.ToHexStringLower(variable[32..]);
            default:
                byte[] output = new byte[step.Bytes];
                drng.Generate(output);
                return string.Join(' ', step.Expected.Split(' ').Select(fact => Fact(fact, output)));
        }
    }

    private static string Fact(string expected, byte[] output) => expected.Split(':') switch
    {
        ["starts", string hex] => "starts:" + Convert.ToHexStringLower(output.AsSpan(0, hex.Length / 2)),
        ["ends", string hex] => "ends:" + Convert.ToHexStringLower(output.AsSpan(output.Length - (hex.Length / 2))),
        ["sha256", _] => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(output)),
        _ => Convert.ToHexStringLower(output),
    };

    private IEnumerable<DrngVector> Changed(Func<DrngStep, bool> which) =>
        from index in Enumerable.Range(0, Steps.Length)
        where which(Steps[index])
        select this with { Steps = [.. Steps[..index], Steps[index].Changed(), .. Steps[(index + 1)..]] };
}
