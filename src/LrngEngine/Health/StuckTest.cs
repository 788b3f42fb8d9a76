// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Health;

/// <summary>
/// Stuck test of the Jitter RNG and of LRNG: a time delta carries nothing if its first, second or third discrete derivative
/// is zero. Blittable, so that it lies in its owner's secret memory; not synchronised.
/// </summary>
internal struct StuckTest
{
    private ulong _delta;
    private ulong _delta2;

    /// <summary>Takes the next time delta (the first derivative of the time stamps), modulo 2^64.</summary>
    /// <returns>True if it is stuck.</returns>
    public bool IsStuck(ulong delta)
    {
        // delta2 = delta - previous delta, delta3 = delta2 - previous delta2
        ulong delta2 = unchecked(delta - _delta);
        ulong delta3 = unchecked(delta2 - _delta2);
        _delta = delta;
        _delta2 = delta2;
        return delta == 0 || delta2 == 0 || delta3 == 0;
    }

    /// <summary>The same for time stamps of 32 bits, as LRNG keeps them for its timer sources: differences wrap at 2^32.</summary>
    public bool IsStuck32(uint delta)
    {
        uint delta2 = unchecked(delta - (uint)_delta);
        uint delta3 = unchecked(delta2 - (uint)_delta2);
        _delta = delta;
        _delta2 = delta2;
        return delta == 0 || delta2 == 0 || delta3 == 0;
    }
}
