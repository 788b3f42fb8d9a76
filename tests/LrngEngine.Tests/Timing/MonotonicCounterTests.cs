// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Timing;

namespace LrngEngine.Tests.Timing;

[TestFixture]
internal sealed class MonotonicCounterTests
{
    [Test]
    public void It_advances_and_never_goes_back()
    {
        var counter = new MonotonicCounter();
        ulong first = counter.Read();
        ulong last = first;
        for (int i = 0; i < 100_000; i++)
        {
            ulong now = counter.Read();
            Assert.That(now, Is.GreaterThanOrEqualTo(last));
            last = now;
        }

        Assert.That(last, Is.GreaterThan(first));
    }
}
