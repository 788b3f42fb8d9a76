// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;
using LrngEngine.Memory;

namespace LrngEngine.Tests.Crypto;

[TestFixture]
internal sealed class DrbgVectorTests
{
    private static IEnumerable<TestCaseData> Vectors =>
        from one in DrbgCase.All
        from vector in DrbgVectors.All
        where vector.Drbg == one.Drbg
        select new TestCaseData(one, vector);

    [TestCaseSource(nameof(Vectors))]
    public void Known_answer(DrbgCase one, DrbgVector vector) => Assert.That(Failures(one, vector), Is.Zero);

    [TestCaseSource(nameof(Vectors))]
    public void Changed_expectation_fails(DrbgCase one, DrbgVector vector) => Assert.That(
        vector.WithChangedExpectation().Select(changed => Failures(one, changed)), Is.Not.Empty.And.All.EqualTo(1));

    [TestCaseSource(nameof(Vectors))]
    public void Changed_input_fails(DrbgCase one, DrbgVector vector) => Assert.That(
        vector.WithChangedInput().Select(changed => Failures(one, changed)), Is.Not.Empty.And.All.Positive);

    private static int Failures(DrbgCase one, DrbgVector vector)
    {
        using var arena = new SecretArena(8192);
        using Drbg drbg = one.Require(arena);
        return vector.Failures(drbg);
    }
}
