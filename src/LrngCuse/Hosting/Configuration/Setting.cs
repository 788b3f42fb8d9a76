// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Hosting.Configuration;

/// <summary>A setting that exists.</summary>
/// <param name="Key">"section.key".</param>
/// <param name="Default">Value when nobody sets it.</param>
/// <param name="Accepted">What it accepts, in words.</param>
/// <param name="IsValid">Whether a value is accepted.</param>
internal sealed record Setting(string Key, string Default, string Accepted, Func<string, bool> IsValid)
{
    /// <summary>The environment variable that sets it: LRNG_SECTION_KEY.</summary>
    internal string EnvironmentVariable => $"LRNG_{Key.Replace('.', '_').ToUpperInvariant()}";
}
