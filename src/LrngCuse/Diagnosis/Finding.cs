// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Diagnosis;

/// <summary>One thing that was looked at.</summary>
/// <param name="Subject">What it is about: "cuse", "clock", the name of a source, ...</param>
/// <param name="Text">What was found, in one line.</param>
/// <param name="Fix">What to do about it; null if all is well.</param>
internal sealed record Finding(string Subject, string Text, string? Fix = null);
