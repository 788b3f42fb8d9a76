// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Health;

namespace LrngEngine.Tests.Health;

[TestFixture]
internal sealed class StuckTestTests
{
    [Test]
    public void Each_of_the_three_derivatives_makes_it_stuck()
    {
        var test = default(StuckTest);
        Assert.Multiple(() =>
        {
            Assert.That(test.IsStuck(10), Is.False);
            Assert.That(test.IsStuck(15), Is.False);
            Assert.That(test.IsStuck(15), Is.True, "second derivative 0");
            Assert.That(test.IsStuck(21), Is.False);
            Assert.That(test.IsStuck(27), Is.True, "third derivative 0");
            Assert.That(test.IsStuck(0), Is.True, "first derivative 0");
            Assert.That(test.IsStuck(5), Is.False);
        });
    }

    [FsCheck.NUnit.Property(Replay = "20260101,7")]
    public bool Equals_the_plain_definition(uint[] deltas)
    {
        var wide = default(StuckTest);
        var narrow = default(StuckTest);
        for (int i = 0; i < deltas.Length; i++)
        {
            long d1 = deltas[i];
            long d2 = d1 - At(deltas, i - 1);
            long d3 = d2 - (At(deltas, i - 1) - At(deltas, i - 2));
            if (wide.IsStuck(deltas[i]) != (d1 == 0 || d2 == 0 || d3 == 0)
                || narrow.IsStuck32(deltas[i]) != ((uint)d1 == 0 || (uint)d2 == 0 || (uint)d3 == 0))
            {
                return false;
            }
        }

        return true;
    }

    private static long At(uint[] deltas, int index) => index < 0 ? 0 : deltas[index];
}
