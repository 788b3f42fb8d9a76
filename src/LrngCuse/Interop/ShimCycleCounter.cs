// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Timing;

namespace LrngCuse.Interop;

/// <summary>The CPU's cycle counter, read through the shim.</summary>
internal sealed class ShimCycleCounter : CycleCounter
{
    public override ulong Read() => Shim.lrng_shim_cycles();
}
