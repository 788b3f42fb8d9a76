// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Recording;

/// <summary>What a recording is of. The names are those of the command line, in kebab case.</summary>
internal enum RawSource
{
    /// <summary>The value that is stored of each interrupt.</summary>
    Irq,

    /// <summary>The value that is stored of each switch of a CPU to another thread.</summary>
    Sched,

    /// <summary>Time deltas of the jitter source.</summary>
    Jitter,

    /// <summary>What is mixed in of each interrupt besides, uncredited.</summary>
    IrqOther,

    /// <summary>What is mixed in of each switch besides, uncredited.</summary>
    SchedOther,

    /// <summary>The interrupt source's arrays when they are hashed.</summary>
    IrqArray,

    /// <summary>The scheduler source's arrays when they are hashed.</summary>
    SchedArray,

    /// <summary>What taking an interrupt costs.</summary>
    IrqCost,

    /// <summary>What taking a switch costs.</summary>
    SchedCost,
}
