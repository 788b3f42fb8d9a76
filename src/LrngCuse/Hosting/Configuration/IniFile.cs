// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Hosting.Configuration;

/// <summary>
/// Reads <c>[section]</c>, <c>key = value</c> and comments (<c>#</c> or <c>;</c> at the beginning of a line or after a blank).
/// The INI provider of Microsoft.Extensions.Configuration knows no line numbers and keeps trailing comments in the value.
/// </summary>
internal static class IniFile
{
    /// <param name="path">The file.</param>
    /// <param name="mistakes">Takes what is wrong: a file that cannot be read, and each line that is neither of the above.</param>
    internal static IReadOnlyList<IniEntry> Read(string path, ICollection<CommandException> mistakes)
    {
        try
        {
            return Parse(File.ReadAllLines(path), path, mistakes);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            mistakes.Add(new CommandException(
                $"cannot read {path}: {error.Message}", "check the path and its permissions", ExitCodes.Configuration));
            return [];
        }
    }

    /// <param name="lines">The file's lines.</param>
    /// <param name="name">Its name in origins and mistakes.</param>
    /// <param name="mistakes">Takes what is wrong, with file and line.</param>
    internal static IReadOnlyList<IniEntry> Parse(IReadOnlyList<string> lines, string name, ICollection<CommandException> mistakes)
    {
        var entries = new List<IniEntry>();

        // Empty before the first one, null below one that is malformed: its lines were said to be wrong with it.
        string? section = "";
        for (int i = 0; i < lines.Count; i++)
        {
            string origin = $"{name}:{i + 1}";
            string line = WithoutComment(lines[i]).Trim();
            try
            {
                if (line.StartsWith('['))
                {
                    section = null;
                    section = SectionOf(line, origin);
                }
                else if (line.Length > 0 && section is not null)
                {
                    entries.Add(EntryOf(line, section, origin));
                }
            }
            catch (CommandException mistake)
            {
                mistakes.Add(mistake);
            }
        }

        return entries;
    }

    private static string WithoutComment(string line)
    {
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] is '#' or ';' && (i == 0 || char.IsWhiteSpace(line[i - 1])))
            {
                return line[..i];
            }
        }

        return line;
    }

    private static string SectionOf(string line, string origin)
    {
        if (line[^1] != ']' || line.Length < 3)
        {
            throw Error(origin, $"'{line}' is not a section", "write [section]");
        }

        return line[1..^1].Trim().ToLowerInvariant();
    }

    private static IniEntry EntryOf(string line, string section, string origin)
    {
        int equals = line.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
        {
            throw Error(origin, $"'{line}' is not an assignment", "write key = value");
        }

        string key = line[..equals].Trim().ToLowerInvariant();
        if (section.Length == 0)
        {
            throw Error(origin, $"'{key}' stands before the first section", "write [section] above it");
        }

        return new IniEntry($"{section}.{key}", line[(equals + 1)..].Trim(), origin);
    }

    private static CommandException Error(string origin, string problem, string hint) =>
        new($"{origin}: {problem}", hint, ExitCodes.Configuration);
}
