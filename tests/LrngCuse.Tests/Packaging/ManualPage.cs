// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Text.RegularExpressions;

namespace LrngCuse.Tests.Packaging;

/// <summary>A page of packaging/man, as mdoc.</summary>
internal sealed class ManualPage
{
    private readonly string _text;

    internal ManualPage(string name) => _text = File.ReadAllText(Repository.PathOf("packaging", "man", name));

    /// <summary>From the first match of a pattern to the next match of another one; null without the first.</summary>
    internal string? Between(string start, string end)
    {
        Match first = Regex.Match(_text, start, RegexOptions.Multiline);
        if (!first.Success)
        {
            return null;
        }

        string rest = _text[first.Index..];
        Match next = new Regex(end, RegexOptions.Multiline).Match(rest, first.Length);
        return next.Success ? rest[..next.Index] : rest;
    }

    /// <summary>The flags that a text of a page names, with their dashes.</summary>
    internal static IEnumerable<string> FlagsOf(string text) =>
        Regex.Matches(text, @"(?:\bFl |\| (?=-))(?:\\&)?(-[a-z][a-z0-9-]*|[a-z?])(?=\s)").Select(match => $"-{match.Groups[1].Value}").Distinct();

    public override string ToString() => _text;
}
