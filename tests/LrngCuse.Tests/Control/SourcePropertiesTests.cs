// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Control;

namespace LrngCuse.Tests.Control;

[TestFixture]
internal sealed class SourcePropertiesTests
{
    // Lines as LRNG v59 prints them.
    private const string Text = """
        DRNG name: ChaCha20 DRNG
        Standards compliance: SP800-90C, NTG.1 (2011 / 2024)
        LRNG entropy level: 272
        Entropy Source 0 properties:
         Name: IRQ
         Hash for operating entropy pool: sha512
         Available entropy: 256
         per-CPU interrupt collection size: 1024
         Standards compliance: SP800-90B 
         High-resolution timer: true
        Entropy Source 1 properties:
         Name: JitterRNG
         Available entropy: 16
         Enabled: true
         Jitter RNG async collection true
        Entropy Source 2 properties:
         Name: Empty

        """;

    [Test]
    public void Names_and_values_are_those_of_the_text()
    {
        IReadOnlyList<IReadOnlyDictionary<string, string>> sources = SourceProperties.Of(Text);
        Assert.That(sources, Has.Count.EqualTo(3));
        Assert.That(sources[0], Is.EqualTo(new Dictionary<string, string>
        {
            ["Hash for operating entropy pool"] = "sha512",
            ["per-CPU interrupt collection size"] = "1024",
            ["Standards compliance"] = "SP800-90B ",
            ["High-resolution timer"] = "true",
        }));
        Assert.That(sources[1], Is.EqualTo(new Dictionary<string, string> { ["Enabled"] = "true", ["Jitter RNG async collection"] = "true" }));
        Assert.That(sources[2], Is.Empty);
    }
}
