// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Globalization;
using LrngEngine.Sources;
using LrngEngine.Sources.Jitter;

namespace LrngCuse.Assessment;

/// <summary>A source whose noise can be assessed, and how entropy of a sample becomes its setting.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Section">Its section of the configuration.</param>
/// <param name="Key">The setting of its credit.</param>
/// <param name="Unit">What a sample is.</param>
/// <param name="NoCredit">The value that credits nothing.</param>
/// <param name="MostEntropy">Bits that a sample is credited at most.</param>
/// <param name="ValueOf">The value for so many bits a sample; null if they are too few for any.</param>
internal sealed record AssessedSource(
    string Name, string Section, string Key, string Unit, string NoCredit, double MostEntropy, Func<double, string?> ValueOf)
{
    private const int BlockBits = 256;

    // 960 * (1 / 3) may fall short of 320 by rounding.
    private const double RoundingBits = 1e-9;

    internal static IReadOnlyList<AssessedSource> All { get; } = [Timer("irq", "interrupts"), Timer("sched", "scheduler"), Jitter()];

    internal static AssessedSource Parse(string name) => All.Single(source => source.Name == name);

    // LRNG's own rate is 256 events for 256 bits: a bit an event at most.
    private static AssessedSource Timer(string name, string section) =>
        new(name, section, "events_per_256_bits", "event", "none", 1, EventsFor256Bits);

    // events = 256 / H
    private static string? EventsFor256Bits(double entropyBits)
    {
        double events = Math.Ceiling(EntropyMath.RateUnitBits / entropyBits);
        return events < TimerRate.NoCredit ? events.ToString("F0", CultureInfo.InvariantCulture) : null;
    }

    // The source takes 1/osr bits of each delta for granted and has no use for more.
    private static AssessedSource Jitter() =>
        new("jitter", "jitter", "credit", "delta", "0", 1.0 / JitterCollector.DefaultOversampling, CreditFor256Bits);

    // A block of 256 bits is made from (256 + 64) * osr deltas, and conditioning costs 64 bits: credit = 320 * osr * H - 64,
    // which is 256 for H = 1/osr.
    private static string? CreditFor256Bits(double entropyBits)
    {
        int deltas = JitterCollector.MeasurementsFor(BlockBits, JitterCollector.DefaultOversampling);
        int blockBits = (int)Math.Floor((deltas * entropyBits) + RoundingBits);
        int credit = Math.Min(blockBits - JitterCollector.SafetyBits, BlockBits);
        return credit > 0 ? credit.ToString(CultureInfo.InvariantCulture) : null;
    }
}
