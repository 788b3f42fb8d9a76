// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Seeding;

namespace LrngEngine.Tests.Drng;

/// <summary>The exact format of reference 7.8.</summary>
[TestFixture]
internal sealed class LrngTypeTextTests
{
    [Test]
    public void Fully_seeded()
    {
        using var fixture = new ManagerFixture(null, new ScriptedSource("JitterRNG", 256));
        fixture.StartAndAwait(SeedLevel.FullySeeded);
        fixture.Auxiliary.Insert(new byte[10], 80);

        Assert.That(fixture.Manager.GetLrngType(), Is.EqualTo(string.Join('\n',
            "DRNG name: ChaCha20 DRNG",
            "LRNG security strength in bits: 256",
            "Number of DRNG instances: 1",
            "Standards compliance: ",
            "LRNG minimally seeded: true",
            "LRNG fully seeded: true",
            "LRNG entropy level: 336",
            "Entropy Source 0 properties:",
            " Name: JitterRNG",
            " Available entropy: 256",
            "Entropy Source 1 properties:",
            " Name: Auxiliary",
            " Hash for operating entropy pool: SHA-512",
            " Available entropy: 80",
            "")));
    }

    [Test]
    public void Not_seeded()
    {
        using var fixture = new ManagerFixture(null, new ScriptedSource("JitterRNG", 0));
        Assert.That(fixture.Manager.GetLrngType(), Does.Contain(
            "LRNG minimally seeded: false\nLRNG fully seeded: false\nLRNG entropy level: 0\n"));
    }
}
