// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Control;

namespace LrngCuse.Feeding;

/// <summary>Where the seeds of the kernel's generator come from.</summary>
internal interface ISeedProvider
{
    /// <summary>What the daemon says of itself now.</summary>
    Task<StatusDocument> GetStatusAsync(CancellationToken cancellation);

    /// <summary>Fills the whole buffer.</summary>
    /// <param name="output">Locked memory.</param>
    /// <param name="predictionResistant">Every byte from entropy that was collected for it.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    Task GetBytesAsync(Memory<byte> output, bool predictionResistant, CancellationToken cancellation);
}
