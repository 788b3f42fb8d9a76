// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Device;

/// <summary>What is to be done with an ioctl.</summary>
internal abstract record IoctlOutcome
{
    private IoctlOutcome()
    {
    }

    /// <summary>Return from ioctl(2).</summary>
    /// <param name="Result">The return value, or a negative errno.</param>
    /// <param name="Output">For the caller's memory, in the order of the ranges; goes there with an errno as well.</param>
    internal sealed record Return(int Result, ReadOnlyMemory<byte> Output) : IoctlOutcome;

    /// <summary>Have the request come again, with the input and with room for the output.</summary>
    internal sealed record Ask(IoctlRange? Input, IReadOnlyList<IoctlRange> Output) : IoctlOutcome;

    /// <summary>Park it as a <see cref="PendingSeed"/>: a pull of the sources is made for it.</summary>
    internal sealed record PullSeed(bool FullySeeded, bool NonBlocking) : IoctlOutcome;
}
