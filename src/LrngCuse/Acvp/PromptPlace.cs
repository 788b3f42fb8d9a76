// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Acvp;

/// <summary>Where in a prompt something stands.</summary>
/// <param name="File">The prompt.</param>
/// <param name="Path">The place as a JSON path: "$.testGroups[2].tests[0].len".</param>
/// <param name="Ids">The group and the test as the prompt numbers them, once they are known.</param>
internal readonly record struct PromptPlace(string File, string Path, string Ids)
{
    // Of what the prompt says as much is repeated as identifies it.
    private const int QuotedLength = 40;

    internal PromptPlace Field(string name) => this with { Path = $"{Path}.{name}" };

    internal PromptPlace Item(int index) => this with { Path = $"{Path}[{index}]" };

    internal CommandException Error(string problem, string accepted) =>
        new($"{File}: {Path}{(Ids.Length > 0 ? $" ({Ids})" : "")} {problem}", $"accepted: {accepted}");

    internal static string Quote(string text) => $"'{Shorten(text)}'";

    internal static string Shorten(string text, int most = QuotedLength) => text.Length <= most ? text : text[..most] + "...";
}
