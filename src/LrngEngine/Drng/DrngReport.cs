// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Drng;

/// <summary>One DRNG instance in the manager's status.</summary>
/// <param name="Node">NUMA node, or CPU where each has an instance.</param>
/// <param name="FullySeeded">Whether it serves its own CPUs; otherwise the first instance does.</param>
/// <param name="Seedings">Seeds with any credit that it took since start.</param>
/// <param name="GeneratedBytes">Bytes that it gave since start.</param>
/// <param name="RequestsUntilReseed">Generate operations left before a reseed is due.</param>
/// <param name="SinceSeeding">Age of the seed; null before the first.</param>
/// <param name="OutputBytesLeft">Bytes before the output limit of DRG.4; null without it.</param>
public sealed record DrngReport(
    int Node, bool FullySeeded, long Seedings, long GeneratedBytes, int RequestsUntilReseed, TimeSpan? SinceSeeding, long? OutputBytesLeft);
