// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Timing;

/// <summary>The finest clock of the CPU (x86: TSC). Only differences mean anything; the unit is the counter's own tick.</summary>
public abstract class CycleCounter
{
    /// <summary>Reads the counter.</summary>
    public abstract ulong Read();
}
