// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Device;

/// <summary>Answered reads of one mode.</summary>
/// <param name="Mode">blocking, nonblocking, prediction_resistant or urandom.</param>
/// <param name="Buckets">Reads in each bucket of the histogram, not cumulated; the last one has no bound.</param>
/// <param name="Seconds">Time that they took together.</param>
internal sealed record RequestCount(string Mode, IReadOnlyList<long> Buckets, double Seconds);
