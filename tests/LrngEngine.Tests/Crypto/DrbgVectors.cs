// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Tests.Crypto;

/// <summary>Published vectors of the DRBGs. A request with prediction resistance is a reseed with its additional input and a
/// request without (SP 800-90A, 9.3.1).</summary>
internal static partial class DrbgVectors
{
    public static IEnumerable<DrbgVector> All => [.. CtrExamples, .. HashExamples, .. HmacExamples, .. Sha3Examples];

    // Ranges of consecutive bytes, as NIST's examples use them for inputs.
    private static byte[] Run(int first, int bytes) => [.. Enumerable.Range(first, bytes).Select(value => (byte)value)];
}
