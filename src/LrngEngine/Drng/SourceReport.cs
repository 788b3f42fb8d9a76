// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Sources;

namespace LrngEngine.Drng;

/// <summary>One source in the manager's status.</summary>
/// <param name="Name">LRNG's name of the source.</param>
/// <param name="Status">What the source says of itself.</param>
/// <param name="AvailableBits">Entropy that a pull would be credited now, in bits: one for the security strength, or for the first seed until
/// every DRNG has it.</param>
/// <param name="CreditedBits">Entropy credited to seedings of all DRNGs since start, in bits.</param>
public sealed record SourceReport(string Name, SourceStatus Status, int AvailableBits, long CreditedBits);
