// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Buffers;

namespace LrngCuse.Transports;

/// <summary>The names of the two device nodes under /dev.</summary>
/// <param name="Random">Name of the blocking device.</param>
/// <param name="Urandom">Name of the nonblocking device.</param>
internal sealed record DeviceName(string Random, string Urandom)
{
    private const int MaximumLength = 64;

    private static readonly SearchValues<char> s_allowed =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");

    /// <summary>Checks a name and derives the second one: lrng-random gives lrng-urandom, other names get "-urandom" appended.</summary>
    /// <exception cref="CommandException">The name cannot be that of a device node.</exception>
    internal static DeviceName Parse(string name)
    {
        bool valid = name.Length is > 0 and <= MaximumLength && char.IsAsciiLetterOrDigit(name[0]) && !name.AsSpan().ContainsAnyExcept(s_allowed);
        if (!valid)
        {
            string shown = name.Length <= MaximumLength ? name : $"{name[..MaximumLength]}... ({name.Length} characters)";
            throw new CommandException(
                $"device name '{shown}' is malformed",
                $"a name under /dev has 1 to {MaximumLength} letters, digits, '.', '_' or '-' and begins with a letter or digit",
                ExitCodes.Usage);
        }

        const string Suffix = "random";
        string urandom = name.EndsWith(Suffix, StringComparison.Ordinal) ? $"{name[..^Suffix.Length]}urandom" : $"{name}-urandom";
        return new DeviceName(name, urandom);
    }
}
