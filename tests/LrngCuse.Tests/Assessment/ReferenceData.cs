// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Globalization;
using System.IO.Compression;
using System.Reflection;

namespace LrngCuse.Tests.Assessment;

/// <summary>The data sets and the figures of NIST's tool for them.</summary>
internal static class ReferenceData
{
    internal sealed record Figure(string Set, int Bits, string Scope, string Name, double Value)
    {
        public override string ToString() => $"{Set} {Scope} {Name}";
    }

    internal static IReadOnlyList<Figure> Figures { get; } = [.. ReadFigures()];

    internal static byte[] Samples(string set)
    {
        using var unpacked = new GZipStream(Open(set + ".bin.gz"), CompressionMode.Decompress);
        using var samples = new MemoryStream();
        unpacked.CopyTo(samples);
        return samples.ToArray();
    }

    private static IEnumerable<Figure> ReadFigures()
    {
        using var reader = new StreamReader(Open("expected.tsv"));
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
            {
                string[] cells = line.Split('\t');
                double value = double.Parse(cells[4], CultureInfo.InvariantCulture);
                yield return new Figure(cells[0], int.Parse(cells[1], CultureInfo.InvariantCulture), cells[2], cells[3], value);
            }
        }
    }

    private static Stream Open(string name) => Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
}
