// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Seeding;

namespace LrngEngine.Drng;

/// <summary>A snapshot of the manager for the status; each value is consistent in itself.</summary>
/// <param name="Level">Seed level reached.</param>
/// <param name="DrngName">Name of the mechanism.</param>
/// <param name="SecurityStrengthBits">Security strength in bits.</param>
/// <param name="Seedings">Seeds with any credit that the regular DRNG took since start.</param>
/// <param name="GeneratedBytes">Bytes that the regular DRNG gave since start.</param>
/// <param name="RequestsUntilReseed">Generate operations left before a reseed is due.</param>
/// <param name="SinceSeeding">Age of the seed; null before the first.</param>
/// <param name="PredictionResistancePulls">Seedings of the prediction-resistance DRNG, each followed by at most 32 bytes.</param>
/// <param name="PredictionResistanceBytes">Bytes given with prediction resistance.</param>
/// <param name="Sources">The sources in the order of the seed buffer.</param>
internal sealed record DrngManagerStatus(
    SeedLevel Level,
    string DrngName,
    int SecurityStrengthBits,
    long Seedings,
    long GeneratedBytes,
    int RequestsUntilReseed,
    TimeSpan? SinceSeeding,
    long PredictionResistancePulls,
    long PredictionResistanceBytes,
    IReadOnlyList<SourceReport> Sources);
