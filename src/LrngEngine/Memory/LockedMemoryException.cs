// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Memory;

/// <summary>The memory for secrets cannot be mapped, locked or protected.</summary>
public sealed class LockedMemoryException : InvalidOperationException
{
    internal LockedMemoryException(int wantedBytes, InvalidOperationException reason)
        : base(reason.Message, reason) => WantedBytes = wantedBytes;

    /// <summary>Bytes that must be lockable: RLIMIT_MEMLOCK is usually what is too low.</summary>
    public int WantedBytes { get; }
}
