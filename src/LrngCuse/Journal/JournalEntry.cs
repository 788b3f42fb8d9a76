// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace LrngCuse.Journal;

/// <summary>
/// A line of the log in the journal's native protocol (systemd.io/JOURNAL_NATIVE_PROTOCOL). Beside MESSAGE and PRIORITY: MESSAGE_ID, of its
/// own for each event id, LRNG_EVENT, that id, and LRNG_NAME for every named value of the line, LRNG_SOURCE and LRNG_STATE among them.
/// </summary>
internal static class JournalEntry
{
    // 96 bits of `systemd-id128 new`; the event id follows in 32.
    private const string MessageIdPrefix = "9c8763306628436fa370c01e";

    private const string OriginalFormat = "{OriginalFormat}";

    /// <param name="identifier">SYSLOG_IDENTIFIER.</param>
    /// <param name="level">Severity.</param>
    /// <param name="id">Id of the event.</param>
    /// <param name="message">The line.</param>
    /// <param name="values">Its named values.</param>
    /// <param name="error">What was thrown; null if nothing was.</param>
    internal static ReadOnlyMemory<byte> Encode(
        string identifier, LogLevel level, int id, string message, IEnumerable<KeyValuePair<string, object?>> values, Exception? error)
    {
        var entry = new ArrayBufferWriter<byte>(512);
        Add(entry, "MESSAGE", message);
        Add(entry, "PRIORITY", string.Create(CultureInfo.InvariantCulture, $"{PriorityOf(level)}"));
        Add(entry, "SYSLOG_IDENTIFIER", identifier);
        Add(entry, "MESSAGE_ID", string.Create(CultureInfo.InvariantCulture, $"{MessageIdPrefix}{id:x8}"));
        Add(entry, "LRNG_EVENT", string.Create(CultureInfo.InvariantCulture, $"{id}"));
        foreach ((string name, object? value) in values)
        {
            if (name != OriginalFormat)
            {
                Add(entry, $"LRNG_{FieldName(name)}", Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
            }
        }

        if (error is not null)
        {
            Add(entry, "LRNG_EXCEPTION", error.ToString());
        }

        return entry.WrittenMemory;
    }

    /// <summary>The severity in syslog's numbers.</summary>
    internal static int PriorityOf(LogLevel level) => level switch
    {
        LogLevel.Critical => 2,
        LogLevel.Error => 3,
        LogLevel.Warning => 4,
        LogLevel.Information => 6,
        _ => 7,
    };

    // NAME=value, or if the value has more than one line: NAME, its length in 64 bits, little-endian, and the value.
    private static void Add(ArrayBufferWriter<byte> entry, string name, string value)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        entry.Write(Encoding.ASCII.GetBytes(name));
        if (value.Contains('\n', StringComparison.Ordinal))
        {
            entry.Write("\n"u8);
            BinaryPrimitives.WriteInt64LittleEndian(entry.GetSpan(sizeof(long)), bytes.Length);
            entry.Advance(sizeof(long));
        }
        else
        {
            entry.Write("="u8);
        }

        entry.Write(bytes);
        entry.Write("\n"u8);
    }

    // CollectedBits: COLLECTED_BITS.
    private static string FieldName(string name)
    {
        var field = new StringBuilder();
        foreach (char c in name)
        {
            _ = char.IsUpper(c) && field.Length > 0 ? field.Append('_').Append(c) : field.Append(char.ToUpperInvariant(c));
        }

        return field.ToString();
    }
}
