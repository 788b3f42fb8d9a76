// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Text;

namespace LrngCuse.Commands;

/// <summary>The file of an HTML report.</summary>
internal static class HtmlFile
{
    /// <summary>Finds before a long computation what would be in the way after it.</summary>
    internal static void Check(string? path)
    {
        if (path is not null && (Directory.Exists(path) || !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path)))))
        {
            throw new CommandException(
                $"cannot write {path}: it is a directory, or its directory is missing", "name a file for the report");
        }
    }

    internal static void Write(string path, string html)
    {
        try
        {
            File.WriteAllText(path, html, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"cannot write {path}: {error.Message}", "is the directory writable, the disk full?");
        }
    }
}
