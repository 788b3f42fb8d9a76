// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using FsCheck;
using FsCheck.Fluent;

namespace LrngEngine.Tests.Sources.Timer;

/// <summary>What may happen to a timer-based source.</summary>
internal sealed record TimerOperation(TimerVerb Verb, int Cpu, int Amount)
{
    public override string ToString() => Verb switch
    {
        TimerVerb.Good => $"{Amount} events on CPU {Cpu}",
        TimerVerb.Stuck => $"{Amount} stuck events on CPU {Cpu}",
        TimerVerb.Pull => $"pull {Amount} bits",
        _ => "discard",
    };

    public static Gen<TimerOperation> Generator()
    {
        Gen<int> cpu = Gen.Choose(0, 2);
        Gen<int> events = Gen.OneOf(Gen.Choose(0, 40), Gen.Choose(0, 700));
        return Gen.Frequency(
            (6, from number in cpu from count in events select new TimerOperation(TimerVerb.Good, number, count)),
            (1, from number in cpu from count in Gen.Choose(1, 3) select new TimerOperation(TimerVerb.Stuck, number, count)),
            (5, Gen.OneOf(Gen.Elements(64, 256, 384), Gen.Choose(0, 512)).Select(bits => new TimerOperation(TimerVerb.Pull, 0, bits))),
            (1, Gen.Constant(new TimerOperation(TimerVerb.Discard, 0, 0))));
    }

    public static IEnumerable<TimerOperation> Shrink(TimerOperation operation)
    {
        if (operation.Amount > 0 && operation.Verb != TimerVerb.Discard)
        {
            yield return operation with { Amount = operation.Amount / 2 };
            yield return operation with { Amount = operation.Amount - 1 };
        }
    }
}
