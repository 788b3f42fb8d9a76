// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Sources;

/// <summary>What an entropy source says of itself.</summary>
/// <param name="State">Whether it delivers.</param>
/// <param name="Credit">Credited bits for every 256 data bits (0..256).</param>
/// <param name="Reason">Why it has this state and this credit, in words for the administrator.</param>
/// <param name="Details">Figures of this kind of source, as "name value" pairs separated by commas; may be empty.</param>
/// <param name="Health">Its continuous health tests; null if it has none.</param>
public readonly record struct SourceStatus(SourceState State, int Credit, string Reason, string Details = "", SourceHealth? Health = null);
