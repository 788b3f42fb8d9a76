// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Device;

/// <summary>An ioctl as it came, for the first time or again with what was asked for.</summary>
internal readonly ref struct IoctlRequest
{
    internal required uint Command { get; init; }

    /// <summary>The third argument of ioctl(2).</summary>
    internal ulong Argument { get; init; }

    /// <summary>What came of the caller's memory.</summary>
    internal ReadOnlySpan<byte> Input { get; init; }

    /// <summary>Bytes that an answer may have.</summary>
    internal int OutputBytes { get; init; }

    /// <summary>Whether more of the caller's memory can be asked for. Otherwise the number alone says what comes.</summary>
    internal bool MayAsk { get; init; }

    /// <summary>A 32-bit program, whose addresses have 32 bits.</summary>
    internal bool Compat { get; init; }

    /// <summary>O_NONBLOCK of the file.</summary>
    internal bool NonBlocking { get; init; }

    /// <summary>The caller, a thread, as the daemon sees it.</summary>
    internal int ThreadId { get; init; }

    internal uint UserId { get; init; }
}
