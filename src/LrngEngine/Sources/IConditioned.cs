// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;

namespace LrngEngine.Sources;

/// <summary>A source whose pools rest on the generator's conditioning hash.</summary>
internal interface IConditioned
{
    /// <summary>Does all that may fail of a change of the hash; nothing has changed before it is committed.</summary>
    /// <exception cref="InvalidOperationException">There is no memory for it.</exception>
    PreparedHash PrepareHash(ConditioningHashFactory hash);
}
