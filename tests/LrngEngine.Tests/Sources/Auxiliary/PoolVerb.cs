// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Tests.Sources.Auxiliary;

/// <summary>Kinds of <see cref="PoolOperation"/>.</summary>
internal enum PoolVerb
{
    Insert,
    Backtrack,
    Pull,
    Switch,
    SetEntropy,
    Discard,
}
