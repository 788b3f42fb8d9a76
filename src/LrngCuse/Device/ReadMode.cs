// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Interop;

namespace LrngCuse.Device;

/// <summary>What a read asks for.</summary>
/// <param name="Node">The device read from.</param>
/// <param name="Bytes">Bytes wanted.</param>
/// <param name="NonBlocking">O_NONBLOCK of the file at this read.</param>
/// <param name="PredictionResistant">O_SYNC, the whole mask, as given to open.</param>
/// <param name="Consumer">Who is counted and limited; null: nobody.</param>
internal readonly record struct ReadMode(
    DeviceNode Node, int Bytes, bool NonBlocking, bool PredictionResistant, Consumer? Consumer = null)
{
    /// <summary>From the file flags that a read request carries: O_NONBLOCK follows fcntl, O_SYNC cannot be changed by it. O_DSYNC
    /// alone does not ask for prediction resistance, and /dev/lrng-urandom has none.</summary>
    internal static ReadMode FromFileFlags(DeviceNode node, int bytes, uint flags, Consumer? consumer = null) =>
        new(node, bytes, (flags & Linux.O_NONBLOCK) != 0, node == DeviceNode.Random && (flags & Linux.O_SYNC) == Linux.O_SYNC, consumer);
}
