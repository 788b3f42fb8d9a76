// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Health;

namespace LrngEngine.Sources;

/// <summary>What became of a batch of events of one CPU.</summary>
/// <param name="Taken">Events taken, the one that failed included; none come after it.</param>
/// <param name="Counted">Whether one of them was counted.</param>
/// <param name="Failure">The health test that the last one failed; null if none did.</param>
internal readonly record struct TimerBatch(int Taken, bool Counted, HealthFailure? Failure);
