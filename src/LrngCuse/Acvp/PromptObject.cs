// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Buffers;
using System.Text.Json;

namespace LrngCuse.Acvp;

/// <summary>An object of a prompt, whose fields are asked for by name; a field that is null is absent. Whatever is not as ACVP has it
/// is a <see cref="CommandException"/> that names the place and what is accepted.</summary>
internal sealed class PromptObject
{
    private readonly Dictionary<string, JsonElement> _fields = [];
    private PromptPlace _place;

    internal PromptObject(JsonElement element, PromptPlace place)
    {
        _place = place;
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw place.Error($"is {Kind(element)}", "an object");
        }

        foreach (JsonProperty property in element.EnumerateObject())
        {
            string name = NameOf(property, place);
            if (!_fields.TryAdd(name, property.Value))
            {
                throw place.Error($"has {PromptPlace.Quote(name)} twice", "each field once");
            }
        }
    }

    /// <summary>Names the group or the test from now on.</summary>
    internal void Identify(string ids) => _place = _place with { Ids = ids };

    internal bool Has(string name) => _fields.TryGetValue(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>An error about a field, or the object itself if there is no name.</summary>
    internal CommandException Error(string name, string problem, string accepted) =>
        (name.Length > 0 ? _place.Field(name) : _place).Error(problem, accepted);

    internal long Integer(string name, long least, long most)
    {
        string accepted = $"a whole number from {least} to {most}";
        JsonElement value = Required(name, JsonValueKind.Number, accepted);
        return value.TryGetInt64(out long number) && number >= least && number <= most
            ? number
            : throw Error(name, $"is {PromptPlace.Quote(value.GetRawText())}", accepted);
    }

    internal bool? Flag(string name)
    {
        if (!Has(name))
        {
            return null;
        }

        JsonElement value = _fields[name];
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.ValueKind == JsonValueKind.True
            : throw Error(name, $"is {Kind(value)}", "true or false");
    }

    internal string Text(string name) => TextOf(name, Required(name, JsonValueKind.String, "a string"), "a string");

    internal string? OptionalText(string name) => Has(name) ? Text(name) : null;

    /// <summary>Bytes in hex; nothing if the field is absent.</summary>
    internal byte[] OptionalHex(string name) => Has(name) ? Hex(name) : [];

    internal byte[] Hex(string name)
    {
        const string Accepted = "two hexadecimal digits for each byte";
        string text = TextOf(name, Required(name, JsonValueKind.String, Accepted), Accepted);
        if (text.Length % 2 != 0)
        {
            throw Error(name, $"has {text.Length} digits", Accepted);
        }

        byte[] bytes = new byte[text.Length / 2];
        return Convert.FromHexString(text, bytes, out int read, out _) == OperationStatus.Done
            ? bytes
            : throw Error(name, $"has {PromptPlace.Quote(text[(read & ~1)..][..2])} at digit {(read & ~1) + 1}", Accepted);
    }

    internal PromptObject Object(string name) => new(Required(name, JsonValueKind.Object, "an object"), _place.Field(name));

    /// <summary>The objects of an array that is not empty.</summary>
    internal IEnumerable<PromptObject> Objects(string name)
    {
        const string Accepted = "an array of objects, one at least";
        JsonElement array = Required(name, JsonValueKind.Array, Accepted);
        if (array.GetArrayLength() == 0)
        {
            throw Error(name, "is empty", Accepted);
        }

        int index = 0;
        foreach (JsonElement item in array.EnumerateArray())
        {
            yield return new PromptObject(item, _place.Field(name).Item(index++));
        }
    }

    private JsonElement Required(string name, JsonValueKind kind, string accepted)
    {
        if (!Has(name))
        {
            throw Error(name, "is missing", accepted);
        }

        JsonElement value = _fields[name];
        return value.ValueKind == kind ? value : throw Error(name, $"is {Kind(value)}", accepted);
    }

    // The parser leaves escapes and UTF-8 within strings to this.
    private string TextOf(string name, JsonElement value, string accepted)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Error(name, "is no text in Unicode", accepted);
        }
    }

    private static string NameOf(JsonProperty property, PromptPlace place)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            throw place.Error("has a field whose name is no text in Unicode", "the names of ACVP");
        }
    }

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };
}
