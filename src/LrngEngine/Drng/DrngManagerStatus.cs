// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Seeding;

namespace LrngEngine.Drng;

/// <summary>A snapshot of the manager for the status; each value is consistent in itself.</summary>
/// <param name="Level">Seed level reached.</param>
/// <param name="DrngName">Name of the mechanism.</param>
/// <param name="SecurityStrengthBits">Security strength in bits.</param>
/// <param name="Strategy">What makes a seed a full one.</param>
/// <param name="AllNodesSeeded">Whether every instance is fully seeded.</param>
/// <param name="Nodes">The instances that serve output, the first one being the one that stands in for the others.</param>
/// <param name="PredictionResistancePulls">Seedings of the prediction-resistance DRNG, each followed by at most 32 bytes.</param>
/// <param name="PredictionResistanceBytes">Bytes given with prediction resistance.</param>
/// <param name="Sources">The sources in the order of the seed buffer.</param>
internal sealed record DrngManagerStatus(
    SeedLevel Level,
    string DrngName,
    int SecurityStrengthBits,
    SeedingStrategy Strategy,
    bool AllNodesSeeded,
    IReadOnlyList<DrngReport> Nodes,
    long PredictionResistancePulls,
    long PredictionResistanceBytes,
    IReadOnlyList<SourceReport> Sources)
{
    /// <summary>Seeds of the first instance.</summary>
    internal long Seedings => Nodes[0].Seedings;

    /// <summary>Bytes that all instances gave since start.</summary>
    internal long GeneratedBytes => Nodes.Sum(node => node.GeneratedBytes);
}
