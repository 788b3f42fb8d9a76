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

    [TestCase(true, 0, false, "SP 800-90C", "384 bits", "320")]
    [TestCase(false, SeedingStrategy.Ntg1DraftBits, false, "NTG.1", "220 bits")]
    [TestCase(false, SeedingStrategy.Ntg1Bits, false, "NTG.1", "240 bits")]
    [TestCase(false, 0, true, "DRG.4", "131072 bits")]
    public void Each_mode_alone_names_its_clause_and_its_amounts(
        bool oversampling, int fromTwoSources, bool outputLimited, params string[] words)
    {
        var strategy = new SeedingStrategy
        {
            Oversampling = oversampling, BitsFromTwoSources = fromTwoSources, OutputLimited = outputLimited,
        };
        Assert.That(strategy.DesignedFor, Has.Count.EqualTo(1));
        foreach (string word in words)
        {
            Assert.That(strategy.DesignedFor[0], Does.Contain(word));
        }
    }

    [Test]
    public void The_amount_that_is_named_is_the_one_that_counts() => Assert.That(8 * SeedingStrategy.OutputLimitBytes, Is.EqualTo(131072));

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
