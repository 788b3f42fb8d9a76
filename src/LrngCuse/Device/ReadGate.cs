// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Device;

/// <summary>What is to be done with a read.</summary>
internal enum ReadGate
{
    /// <summary>Generate and answer at once.</summary>
    Serve,

    /// <summary>Answer EAGAIN.</summary>
    TryAgain,

    /// <summary>Park it: it waits for the seed, or for pulls of the sources.</summary>
    Park,

    /// <summary>Answer EIO: the generator is in the error state.</summary>
    Fail,
}
