// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Hosting.Configuration;

/// <summary>One assignment of a configuration file.</summary>
/// <param name="Key">"section.key" in lower case.</param>
/// <param name="Value">As written, without surrounding blanks and comment.</param>
/// <param name="Origin">"file:line".</param>
internal sealed record IniEntry(string Key, string Value, string Origin);
