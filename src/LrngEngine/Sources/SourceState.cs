// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Sources;

/// <summary>The life of an entropy source.</summary>
public enum SourceState
{
    /// <summary>The hardware or the system call does not exist here. Delivers nothing.</summary>
    Unavailable,

    /// <summary>Start-up tests are running. Delivers nothing yet.</summary>
    Starting,

    /// <summary>Something outside is not ready yet, such as the kernel's own generator. Credited 0 until then.</summary>
    Waiting,

    /// <summary>Delivers data; what is credited is a separate matter.</summary>
    Running,

    /// <summary>A health test or a read failed. Delivers nothing and is credited 0.</summary>
    Failed,
}
