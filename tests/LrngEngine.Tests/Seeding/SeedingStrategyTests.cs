// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Drng;
using LrngEngine.Seeding;
using LrngEngine.Tests.Drng;

namespace LrngEngine.Tests.Seeding;

/// <summary>What the status says of the design.</summary>
[TestFixture]
internal sealed class SeedingStrategyTests
{
    [Test]
    public void By_default_no_standard_is_named()
    {
        Assert.That(SeedingStrategy.Default.DesignedFor, Is.Empty);
        Assert.That(TypeText(SeedingStrategy.Default), Does.Contain("\nStandards compliance: \n"));
    }

    [Test]
    public void Each_mode_names_its_clause_and_its_amount()
    {
        var strategy = new SeedingStrategy { Oversampling = true, BitsFromTwoSources = SeedingStrategy.Ntg1DraftBits, OutputLimited = true };
        Assert.That(strategy.DesignedFor, Has.Count.EqualTo(3));
        Assert.That(strategy.DesignedFor[0], Does.StartWith("SP 800-90C").And.Contains("384 bits").And.Contains("320"));
        Assert.That(strategy.DesignedFor[1], Does.Contain("NTG.1").And.Contains("220 bits"));
        Assert.That(strategy.DesignedFor[2], Does.Contain("DRG.4").And.Contains($"{8 * SeedingStrategy.OutputLimitBytes} bits"));
    }

    [Test]
    public void Lrng_type_names_sp_800_90c_as_lrng_does() =>
        Assert.That(TypeText(new SeedingStrategy { Oversampling = true }), Does.Contain("\nStandards compliance: SP800-90C\n"));

    private static string TypeText(SeedingStrategy strategy)
    {
        using var fixture = new ManagerFixture(
            new DrngManagerOptions { Strategy = strategy }, new ScriptedSource("JitterRNG", 256));
        return fixture.Manager.GetLrngType();
    }
}
