// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine;

/// <summary>What the options say of a source that can be switched off.</summary>
/// <param name="Name">LRNG's name of the source.</param>
/// <param name="InBuild">Whether the build has it.</param>
/// <param name="Enabled">Whether it is switched on.</param>
/// <param name="Present">Whether the generator will have it.</param>
/// <param name="CreditBits">Credited bits for every 256 data bits.</param>
internal sealed record PlannedSource(string Name, bool InBuild, bool Enabled, bool Present, int CreditBits)
{
    /// <summary>Whether it can bring the generator nearer to its seed.</summary>
    internal bool Credited => Present && CreditBits > 0;

    /// <summary>For messages: why it does not count, or its credit.</summary>
    public override string ToString() => this switch
    {
        { InBuild: false } => $"{Name} is not in this build",
        { Enabled: false } => $"{Name} is disabled",
        { Present: false } => $"{Name} has no hardware access",
        _ => $"{Name} is credited {CreditBits}",
    };
}
