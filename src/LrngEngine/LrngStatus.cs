// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Drng;
using LrngEngine.Seeding;
using LrngEngine.SelfTests;

namespace LrngEngine;

/// <summary>A snapshot of a generator; each value is consistent in itself.</summary>
/// <param name="Level">Seed level reached.</param>
/// <param name="Operational">Whether callers that wait for the full seed are served.</param>
/// <param name="SecurityStrengthBits">Security strength in bits.</param>
/// <param name="DrngName">Name of the DRNG mechanism.</param>
/// <param name="CipherKernel">Which code computes the mechanism, by the width of its vectors.</param>
/// <param name="AllNodesSeeded">Whether every DRNG instance is fully seeded.</param>
/// <param name="Nodes">The DRNG instances, the first one being the one that stands in for the others.</param>
/// <param name="PredictionResistance">The prediction-resistance DRNG.</param>
/// <param name="Sources">The entropy sources in the order of the seed buffer; those that are switched off are absent.</param>
/// <param name="SelfTests">What the self-tests found.</param>
public sealed record LrngStatus(
    SeedLevel Level,
    bool Operational,
    int SecurityStrengthBits,
    string DrngName,
    string CipherKernel,
    bool AllNodesSeeded,
    IReadOnlyList<DrngReport> Nodes,
    PredictionResistanceReport PredictionResistance,
    IReadOnlyList<SourceReport> Sources,
    SelfTestReport SelfTests);
