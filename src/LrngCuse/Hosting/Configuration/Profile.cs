// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Hosting.Configuration;

/// <summary>Settings for a purpose, taken by one name: a layer above the defaults and below what anybody sets.</summary>
/// <param name="Name">Value of seeding.profile.</param>
/// <param name="Purpose">What it is for, in words.</param>
/// <param name="Values">Its settings, where they are not the defaults.</param>
internal sealed record Profile(string Name, string Purpose, IReadOnlyDictionary<string, string> Values);
