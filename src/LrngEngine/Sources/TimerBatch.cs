// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Health;

namespace LrngEngine.Sources;

/// <summary>What became of a batch of events of one CPU.</summary>
/// <param name="Taken">Events taken, the one that failed included; none come after it.</param>
/// <param name="Counted">Whether one of them was counted.</param>
/// <param name="Verdict">The health tests' verdict on the last one.</param>
/// <param name="Test">The test that it failed.</param>
/// <param name="Count">That test's counter B.</param>
internal readonly record struct TimerBatch(int Taken, bool Counted, HealthVerdict Verdict, HealthTest Test, int Count);
