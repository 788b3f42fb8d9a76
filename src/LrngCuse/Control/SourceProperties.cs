// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Control;

/// <summary>What lrng_type says of each source, by LRNG's names.</summary>
internal static class SourceProperties
{
    // The name and the bits available have members of their own in the status.
    private const string Name = "Name";
    private const string AvailableEntropy = "Available entropy";

    /// <param name="lrngType">LRNG's text.</param>
    /// <returns>One dictionary a source, in the order of the text.</returns>
    internal static IReadOnlyList<IReadOnlyDictionary<string, string>> Of(string lrngType)
    {
        List<Dictionary<string, string>> sources = [];
        foreach (string line in lrngType.Split('\n'))
        {
            // " name: value", or as in "Jitter RNG async collection true" without the colon; other lines are not indented.
            if (!line.StartsWith(' '))
            {
                continue;
            }

            int colon = line.IndexOf(": ", StringComparison.Ordinal);
            int end = colon >= 0 ? colon : line.LastIndexOf(' ');
            string name = line[1..end];
            if (name == Name)
            {
                sources.Add([]);
            }
            else if (name != AvailableEntropy)
            {
                sources[^1].Add(name, line[(colon >= 0 ? end + 2 : end + 1)..]);
            }
        }

        return sources;
    }
}
