// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.SelfTests;

/// <summary>What failed, by the bits of LRNG's status word (reference 9).</summary>
[Flags]
public enum SelfTestAreas
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The array that collects events.</summary>
    DataArray = 1 << 0,

    /// <summary>A DRNG; LRNG has ChaCha20 here.</summary>
    Drng = 1 << 1,

    /// <summary>A conditioning hash.</summary>
    Hash = 1 << 2,

    /// <summary>The step of the clock of timer-based sources.</summary>
    GreatestCommonDivisor = 1 << 3,

    /// <summary>The health tests of entropy sources; LRNG has no bit for them.</summary>
    Health = 1 << 4,
}
