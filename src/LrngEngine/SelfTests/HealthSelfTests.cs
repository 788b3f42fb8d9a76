// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Buffers.Binary;
using LrngEngine.Health;

namespace LrngEngine.SelfTests;

/// <summary>The cut-offs of the health tests, recomputed from the formulas of SP 800-90B 4.4, and the samples at which the tests
/// reach them. H is 1 bit a sample: RCT 31 and 61, APT 325 and 355 of 512, for false alarms of 2^-30 and 2^-60.</summary>
internal static class HealthSelfTests
{
    private const ushort RepetitionIntermittent = 31;
    private const ushort RepetitionPermanent = 61;
    private const ushort ProportionIntermittent = 325;
    private const ushort ProportionPermanent = 355;

    internal static IEnumerable<KnownAnswerTest> All =>
    [
        new(
            SelfTestAreas.Health,
            "health test cut-offs",
            BitConverter.GetBytes(1.0),
            Numbers(RepetitionIntermittent, RepetitionPermanent, ProportionIntermittent, ProportionPermanent),
            (_, input, answer) =>
            {
                double entropyBits = BitConverter.ToDouble(input);
                HealthCutoff repetition = HealthCutoff.ForRepetitionCount(entropyBits);
                HealthCutoff proportion = HealthCutoff.ForAdaptiveProportion(entropyBits);
                Write(answer, repetition.Intermittent, repetition.Permanent, proportion.Intermittent, proportion.Permanent);
            }),
        new(
            SelfTestAreas.Health,
            "repetition count test",
            new byte[RepetitionPermanent],
            Numbers(RepetitionIntermittent, RepetitionPermanent),
            (_, input, answer) =>
            {
                var test = default(RepetitionCountTest);
                var cutoff = new HealthCutoff(RepetitionIntermittent, RepetitionPermanent);
                WriteVerdicts(answer, input, sample => test.Add(sample, cutoff));
            }),
        new(
            SelfTestAreas.Health,
            "adaptive proportion test",
            new byte[ProportionPermanent],
            Numbers(ProportionIntermittent, ProportionPermanent),
            (_, input, answer) =>
            {
                var test = default(AdaptiveProportionTest);
                var cutoff = new HealthCutoff(ProportionIntermittent, ProportionPermanent);
                WriteVerdicts(answer, input, sample => test.Add(sample, cutoff));
            }),
    ];

    // The number of the first sample with each verdict; 0 if none has it.
    private static void WriteVerdicts(Span<byte> answer, ReadOnlySpan<byte> samples, Func<byte, HealthVerdict> test)
    {
        int intermittent = 0;
        int permanent = 0;
        for (int i = 0; i < samples.Length; i++)
        {
            HealthVerdict verdict = test(samples[i]);
            intermittent = intermittent == 0 && verdict == HealthVerdict.IntermittentFailure ? i + 1 : intermittent;
            permanent = permanent == 0 && verdict == HealthVerdict.PermanentFailure ? i + 1 : permanent;
        }

        Write(answer, intermittent, permanent);
    }

    private static byte[] Numbers(params ReadOnlySpan<int> numbers)
    {
        byte[] bytes = new byte[numbers.Length * sizeof(int)];
        Write(bytes, numbers);
        return bytes;
    }

    private static void Write(Span<byte> answer, params ReadOnlySpan<int> numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(answer[(i * sizeof(int))..], numbers[i]);
        }
    }
}
