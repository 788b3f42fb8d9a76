// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Commands;

/// <summary>Colour for words on a terminal, unless NO_COLOR asks for none (no-color.org).</summary>
internal sealed class Colours(bool terminal, string? noColour)
{
    private readonly bool _on = terminal && string.IsNullOrEmpty(noColour);

    internal string Good(string text) => Paint(text, "32");

    internal string Warning(string text) => Paint(text, "33");

    internal string Bad(string text) => Paint(text, "31;1");

    private string Paint(string text, string code) => _on ? $"\u001b[{code}m{text}\u001b[0m" : text;
}
