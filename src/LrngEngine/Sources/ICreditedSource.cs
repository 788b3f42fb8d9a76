// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Sources;

/// <summary>An entropy source whose credit is a setting.</summary>
internal interface ICreditedSource
{
    /// <summary>Credit of every 256 data bits. What was collected before keeps its own until it is discarded.</summary>
    SourceCredit Credit { get; set; }
}
