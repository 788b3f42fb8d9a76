// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Globalization;

namespace LrngCuse.Sampling;

/// <summary>A tracepoint's number and the places of its fields, as its format file in tracefs says.</summary>
internal sealed class TracepointFormat
{
    private readonly Dictionary<string, TracepointField> _fields;

    private TracepointFormat(ulong id, Dictionary<string, TracepointField> fields)
    {
        Id = id;
        _fields = fields;
    }

    /// <summary>perf_event_attr.config of an event of type PERF_TYPE_TRACEPOINT.</summary>
    internal ulong Id { get; }

    /// <returns>False if this kernel's tracepoint has no such field.</returns>
    internal bool TryGetField(string name, out TracepointField field) => _fields.TryGetValue(name, out field);

    /// <summary>Parses "ID: 225" and lines such as "field:int irq; offset:8; size:4; signed:1;". Others are passed over.</summary>
    /// <exception cref="FormatException">There is no id.</exception>
    internal static TracepointFormat Parse(string text)
    {
        ulong? id = null;
        var fields = new Dictionary<string, TracepointField>(StringComparer.Ordinal);
        foreach (string line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith("ID:", StringComparison.Ordinal)
                && ulong.TryParse(line.AsSpan(3).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out ulong number))
            {
                id = number;
            }
            else if (line.StartsWith("field:", StringComparison.Ordinal))
            {
                AddField(fields, line);
            }
        }

        return new TracepointFormat(id ?? throw new FormatException("the format file has no ID line"), fields);
    }

    private static void AddField(Dictionary<string, TracepointField> fields, string line)
    {
        string? declaration = null;
        int? offset = null;
        int? size = null;
        foreach (string part in line.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            int colon = part.IndexOf(':', StringComparison.Ordinal);
            string value = part[(colon + 1)..];
            switch (part[..Math.Max(colon, 0)])
            {
                case "field":
                    declaration = value;
                    break;
                case "offset":
                    offset = ParseNumber(value);
                    break;
                case "size":
                    size = ParseNumber(value);
                    break;
                default:
                    break;
            }
        }

        // "char prev_comm[16]": the name is the last word, without its dimension.
        string name = declaration?.Split(' ', StringSplitOptions.RemoveEmptyEntries).LastOrDefault()?.Split('[')[0] ?? "";
        if (name.Length > 0 && offset is { } at && size is { } bytes)
        {
            fields[name] = new TracepointField(at, bytes);
        }
    }

    private static int? ParseNumber(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
