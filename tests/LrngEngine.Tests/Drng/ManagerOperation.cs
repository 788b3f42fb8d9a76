// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using FsCheck;
using FsCheck.Fluent;

namespace LrngEngine.Tests.Drng;

/// <summary>What may happen to the manager, in the short words that a counterexample is printed in.</summary>
internal sealed record ManagerOperation(ManagerVerb Verb, int Number)
{
    public override string ToString() => Verb switch
    {
        ManagerVerb.RefillFirst => $"refill the first source with {Number} bits",
        ManagerVerb.RefillSecond => $"refill the second source with {Number} bits",
        ManagerVerb.DiscardFirst => "discard the first source",
        ManagerVerb.InsertAuxiliary => $"write {Number} bits",
        ManagerVerb.SetAuxiliary => $"set the auxiliary pool to {Number} bits",
        ManagerVerb.DiscardAuxiliary => "discard the auxiliary pool",
        ManagerVerb.SwitchHash => $"switch to hash {Number}",
        ManagerVerb.ReadResistant => $"read {Number} bytes with prediction resistance",
        ManagerVerb.Generate => $"generate on node {Number}",
        ManagerVerb.RequestReseed => "request a reseed",
        ManagerVerb.ForceReseed => "force a reseed",
        _ => "let the worker look",
    };

    /// <summary>Most of all amounts around the levels of 32, 128 and 256 bits.</summary>
    public static Gen<ManagerOperation> Generator()
    {
        Gen<int> bits = Gen.Frequency((1, Gen.Choose(0, 700)), (2, Gen.Elements(28, 31, 32, 100, 127, 128, 156, 240, 255, 256)));
        return Gen.Frequency(
            (4, Of(ManagerVerb.RefillFirst, bits)),
            (3, Of(ManagerVerb.RefillSecond, bits)),
            (1, Of(ManagerVerb.DiscardFirst, Gen.Constant(0))),
            (3, Of(ManagerVerb.InsertAuxiliary, bits)),
            (1, Of(ManagerVerb.SetAuxiliary, bits)),
            (1, Of(ManagerVerb.DiscardAuxiliary, Gen.Constant(0))),
            (1, Of(ManagerVerb.SwitchHash, Gen.Choose(0, 2))),
            (4, Of(ManagerVerb.ReadResistant, Gen.Choose(1, 32))),
            (8, Of(ManagerVerb.Generate, Gen.Choose(0, 1))),
            (2, Of(ManagerVerb.RequestReseed, Gen.Constant(0))),
            (2, Of(ManagerVerb.ForceReseed, Gen.Constant(0))),
            (8, Of(ManagerVerb.Turn, Gen.Constant(0))));
    }

    /// <summary>Smaller numbers of the same verb.</summary>
    public static IEnumerable<ManagerOperation> Shrink(ManagerOperation operation)
    {
        int least = operation.Verb == ManagerVerb.ReadResistant ? 1 : 0;
        if (operation.Number > least)
        {
            yield return operation with { Number = Math.Max(least, operation.Number / 2) };
            yield return operation with { Number = operation.Number - 1 };
        }
    }

    private static Gen<ManagerOperation> Of(ManagerVerb verb, Gen<int> numbers) =>
        numbers.Select(number => new ManagerOperation(verb, number));
}
