// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Acvp;

/// <summary>What came of reading a group's parameters: either how to read its tests, or why it is not offered.</summary>
internal readonly record struct GroupReading
{
    private GroupReading(Func<PromptObject, int, VectorTest>? readTest, string refusal) => (ReadTest, Refusal) = (readTest, refusal);

    /// <summary>Reads a test with a given number; null if the group is not offered.</summary>
    internal Func<PromptObject, int, VectorTest>? ReadTest { get; }

    /// <summary>Why the group is not offered.</summary>
    internal string Refusal { get; }

    internal static GroupReading Offered(Func<PromptObject, int, VectorTest> readTest) => new(readTest, "");

    /// <param name="what">What the group asks for.</param>
    /// <param name="offered">What there is instead.</param>
    internal static GroupReading NotOffered(string what, string offered) => new(null, $"{what} is not offered (offered: {offered})");
}
