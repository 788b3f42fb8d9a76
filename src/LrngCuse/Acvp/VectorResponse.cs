// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Buffers;
using System.Text.Json;

namespace LrngCuse.Acvp;

/// <summary>Answers a vector set, in the form in which it came.</summary>
internal static class VectorResponse
{
    // A prompt of the size that is accepted can ask for more output than there is memory.
    private const int MaximumBytes = 1 << 30;

    /// <summary>Computes every answer.</summary>
    /// <param name="set">The set; groups that are not offered are left out.</param>
    /// <param name="progress">Told before each test: how many tests are done, how many there are, and the group.</param>
    /// <param name="stop">Asked from time to time; ends the computation if it is true.</param>
    /// <returns>The response, a JSON text with a line feed at its end.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was true.</exception>
    /// <exception cref="CommandException">The response would be too long.</exception>
    internal static ReadOnlyMemory<byte> Of(VectorSet set, Action<int, int, VectorGroup> progress, Func<bool> stop)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            if (set.ProtocolVersion is { } version)
            {
                writer.WriteStartArray();
                writer.WriteStartObject();
                writer.WriteString("acvVersion", version);
                writer.WriteEndObject();
            }

            WriteSet(writer, set, progress, stop);
            if (set.ProtocolVersion is not null)
            {
                writer.WriteEndArray();
            }
        }

        text.Write("\n"u8);
        return text.WrittenMemory;
    }

    private static void WriteSet(Utf8JsonWriter writer, VectorSet set, Action<int, int, VectorGroup> progress, Func<bool> stop)
    {
        writer.WriteStartObject();
        writer.WriteNumber(set.IdName, set.Id);
        writer.WriteString("algorithm", set.Algorithm);
        if (set.Revision is { } revision)
        {
            writer.WriteString("revision", revision);
        }

        if (set.IsSample is { } isSample)
        {
            writer.WriteBoolean("isSample", isSample);
        }

        int done = 0, total = set.Groups.Sum(group => group.Tests.Count);
        writer.WriteStartArray("testGroups");
        foreach (VectorGroup group in set.Groups.Where(group => group.Refusal is null))
        {
            writer.WriteStartObject();
            writer.WriteNumber("tgId", group.Id);
            writer.WriteStartArray("tests");
            foreach (VectorTest test in group.Tests)
            {
                progress(done++, total, group);
                WriteTest(writer, test, stop);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteTest(Utf8JsonWriter writer, VectorTest test, Func<bool> stop)
    {
        writer.WriteStartObject();
        writer.WriteNumber("tcId", test.Id);
        test.Answer(writer, stop);
        writer.WriteEndObject();
        if (writer.BytesCommitted + writer.BytesPending > MaximumBytes)
        {
            throw new CommandException(
                $"the response is longer than {MaximumBytes} bytes at test {test.Id}", "accepted: sets with fewer tests or shorter outputs");
        }
    }
}
