// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Text;
using System.Text.Json;
using LrngCuse.Assessment;
using LrngCuse.Recording;

namespace LrngCuse.Commands;

/// <summary>The file of a recorded assessment: SOURCE.json, or SOURCE-restart.json for its restart tests.</summary>
internal static class AssessmentRecord
{
    internal const string DefaultDirectory = "/var/lib/lrng/assessments";

    // Nothing in it is secret, and others than root look at it.
    private const UnixFileMode Mode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private const string Hint = "as root, or --state DIR for another directory; is it writable, the disk full?";

    internal static string PathOf(string directory, AssessedSource source, bool isRestart) =>
        Path.Combine(directory, source.Name + (isRestart ? "-restart" : "") + ".json");

    /// <summary>Makes the directory, and finds before a long computation what would be in the way after it.</summary>
    /// <exception cref="CommandException">The file cannot be written.</exception>
    internal static void Prepare(string path)
    {
        string directory = Path.GetDirectoryName(path)!;
        try
        {
            _ = Directory.CreateDirectory(directory);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CommandException($"cannot make the directory {directory}: {error.Message}", Hint);
        }

        using var file = RawFile.Create(path);
    }

    /// <exception cref="CommandException">The file cannot be written; what was there before stays.</exception>
    internal static void Write(string path, AssessmentDocument document)
    {
        using var file = RawFile.Create(path);
        file.SetMode(Mode);
        file.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(document, AssessmentJson.Default.AssessmentDocument) + "\n"));
        file.Complete();
    }
}
