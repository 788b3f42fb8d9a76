// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Device;

/// <summary>What the readers of one class did.</summary>
/// <param name="Name">The cgroup, "unknown", "other" or "ended".</param>
/// <param name="OpenFiles">Files that are open.</param>
/// <param name="Reads">Answered reads.</param>
/// <param name="Bytes">Bytes given to them.</param>
/// <param name="Pulls">Pulls of the sources, for prediction-resistant reads and for seeds.</param>
/// <param name="LimitedReads">Reads and seeds that had to wait, came short or got EAGAIN for a limit.</param>
internal sealed record ConsumerCount(string Name, int OpenFiles, long Reads, long Bytes, long Pulls, long LimitedReads);
