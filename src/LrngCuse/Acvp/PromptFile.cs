// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Text.Json;

namespace LrngCuse.Acvp;

/// <summary>Reads a prompt: a vector set, alone or behind the version of the protocol, as the ACVP server sends it.</summary>
internal static class PromptFile
{
    /// <summary>Most bytes of a prompt. NIST's longest for what is offered have about two million.</summary>
    internal const int MaximumBytes = 64 << 20;

    // ACVP nests eight deep; the rest is for fields that nobody here asks for.
    private const int MaximumDepth = 32;

    // Characters of what the library says.
    private const int MaximumWords = 160;

    private const string Accepted = "a vector set of ACVP, as an object or as [{\"acvVersion\": ...}, {...}]";

    private static ReadOnlySpan<byte> ByteOrderMark => [0xef, 0xbb, 0xbf];

    /// <exception cref="CommandException">The file cannot be read or is not such a prompt.</exception>
    internal static VectorSet Read(string path) => Parse(ReadBytes(path), path);

    /// <param name="json">The bytes of the prompt.</param>
    /// <param name="name">The file, for errors.</param>
    /// <exception cref="CommandException">They are not such a prompt.</exception>
    internal static VectorSet Parse(ReadOnlyMemory<byte> json, string name)
    {
        if (json.Span.StartsWith(ByteOrderMark))
        {
            json = json[ByteOrderMark.Length..];
        }

        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaximumDepth });
            return Parse(document.RootElement, new PromptPlace(name, "$", ""));
        }
        catch (JsonException error)
        {
            // The library counts from zero and says so behind its words, which may quote the rest of the line.
            string words = error.Message.Split(" LineNumber:")[0].TrimEnd('.');
            throw new CommandException(
                $"{name}, line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}: {PromptPlace.Shorten(words, MaximumWords)}",
                $"accepted: {Accepted}, at most {MaximumDepth} levels deep");
        }
    }

    private static VectorSet Parse(JsonElement root, PromptPlace place)
    {
        if (root.ValueKind != JsonValueKind.Array)
        {
            return VectorSetReader.Read(new PromptObject(root, place), protocolVersion: null);
        }

        if (root.GetArrayLength() != 2)
        {
            throw place.Error($"is an array of {root.GetArrayLength()}", Accepted);
        }

        string version = new PromptObject(root[0], place.Item(0)).Text("acvVersion");
        return VectorSetReader.Read(new PromptObject(root[1], place.Item(1)), version);
    }

    private static byte[] ReadBytes(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            byte[] bytes = new byte[1 << 16];
            int length = 0, read;
            while ((read = file.Read(bytes.AsSpan(length))) > 0)
            {
                length += read;
                if (length > MaximumBytes)
                {
                    throw new CommandException($"{path} has more than {MaximumBytes} bytes", $"accepted: {Accepted}");
                }

                if (length == bytes.Length)
                {
                    Array.Resize(ref bytes, 2 * length);
                }
            }

            return bytes[..length];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CommandException($"cannot read '{path}': {Reason(path, error)}", "name a file with a vector set of ACVP");
        }
    }

    private static string Reason(string path, Exception error) => error switch
    {
        _ when Directory.Exists(path) => "it is a directory",
        FileNotFoundException or DirectoryNotFoundException => "no such file",
        IOException or UnauthorizedAccessException => error.Message,
        _ => "not a file name",
    };
}
