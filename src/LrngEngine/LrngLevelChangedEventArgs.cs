// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Seeding;

namespace LrngEngine;

/// <summary>What <see cref="LrngGenerator.LevelChanged"/> tells.</summary>
public sealed class LrngLevelChangedEventArgs : EventArgs
{
    internal LrngLevelChangedEventArgs(SeedLevel level) => Level = level;

    /// <summary>The seed level now.</summary>
    public SeedLevel Level { get; }
}
