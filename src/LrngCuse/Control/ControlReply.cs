// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Control;

/// <summary>The daemon's answer; for get, a frame with the bytes follows when there is no error.</summary>
internal sealed record ControlReply
{
    public required int Schema { get; init; }

    /// <summary>What went wrong; null on success.</summary>
    public string? Error { get; init; }

    /// <summary>What to do about it.</summary>
    public string? Hint { get; init; }

    /// <summary>Exit status that a tool should end with.</summary>
    public int ExitCode { get; init; }

    /// <summary>lrng_type, selftest: the answer.</summary>
    public string? Text { get; init; }

    /// <summary>status: the answer.</summary>
    public StatusDocument? Status { get; init; }
}
