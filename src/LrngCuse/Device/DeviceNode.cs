// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Device;

/// <summary>Which of the two devices a file is.</summary>
internal enum DeviceNode
{
    /// <summary>lrng-random: waits until fully seeded, offers prediction resistance with O_SYNC.</summary>
    Random,

    /// <summary>lrng-urandom: never waits.</summary>
    Urandom,
}
