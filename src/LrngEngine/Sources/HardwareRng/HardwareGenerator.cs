// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Sources.HardwareRng;

/// <summary>The kernel's hardware generator as a device. Used by one thread, except <see cref="IDisposable.Dispose"/> before that
/// thread has started.</summary>
internal abstract class HardwareGenerator : IDisposable
{
    /// <summary>Opens the device unless it is open.</summary>
    /// <returns>Null, or why it cannot be opened, in words.</returns>
    public abstract string? Open();

    /// <summary>Which generator stands behind the device now; it may be another one at the next call.</summary>
    public abstract HardwareIdentity Identify();

    /// <summary>Reads once. May block for as long as the hardware likes, beyond every signal but SIGKILL.</summary>
    /// <returns>Bytes read, possibly fewer than asked for and possibly none, or a negative errno.</returns>
    public abstract int Read(Span<byte> output);

    /// <summary>Closes the device.</summary>
    public abstract void Dispose();
}
