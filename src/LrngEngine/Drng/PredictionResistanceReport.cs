// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Drng;

/// <summary>The prediction-resistance DRNG in the status.</summary>
/// <param name="Pulls">Seedings of it since start, each followed by at most 32 bytes.</param>
/// <param name="GeneratedBytes">Bytes that it gave since start.</param>
public sealed record PredictionResistanceReport(long Pulls, long GeneratedBytes);
