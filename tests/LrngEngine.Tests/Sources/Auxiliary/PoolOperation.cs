// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using FsCheck;
using FsCheck.Fluent;

namespace LrngEngine.Tests.Sources.Auxiliary;

/// <summary>What may be done to the auxiliary pool, in the short words that a counterexample is printed in.</summary>
internal sealed record PoolOperation(PoolVerb Verb, int Bytes, long Bits)
{
    /// <summary>The index of a hash for <see cref="PoolVerb.Switch"/>.</summary>
    public int Hash => Bytes;

    public override string ToString() => Verb switch
    {
        PoolVerb.Insert => $"insert {Bytes} bytes claimed as {Bits} bits",
        PoolVerb.Backtrack => $"backtrack {Bytes} bytes",
        PoolVerb.Pull => $"pull {Bits} bits",
        PoolVerb.Switch => $"switch to hash {Hash}",
        PoolVerb.SetEntropy => $"set to {Bits} bits",
        _ => "discard",
    };

    /// <summary>Claims that fit and claims that do not, negative and huge ones among them.</summary>
    public static Gen<PoolOperation> Generator()
    {
        Gen<int> bytes = Gen.OneOf(Gen.Choose(0, 8), Gen.Choose(0, 100));
        Gen<long> honest = Gen.Choose(0, 600).Select(bits => (long)bits);
        Gen<long> claim = Gen.Frequency((4, honest), (1, Gen.Elements(-1L, long.MinValue, 1L << 31, long.MaxValue)));
        Gen<long> request = Gen.OneOf(Gen.Elements(64L, 256L, 384L, 512L), Gen.Choose(0, 512).Select(bits => (long)bits));
        return Gen.Frequency(
            (6, from length in bytes from bits in claim select new PoolOperation(PoolVerb.Insert, length, bits)),
            (5, request.Select(bits => new PoolOperation(PoolVerb.Pull, 0, bits))),
            (1, bytes.Select(length => new PoolOperation(PoolVerb.Backtrack, length, 0))),
            (1, Gen.Choose(0, 2).Select(hash => new PoolOperation(PoolVerb.Switch, hash, 0))),
            (1, Gen.Choose(-10, 600).Select(bits => new PoolOperation(PoolVerb.SetEntropy, 0, bits))),
            (1, Gen.Constant(new PoolOperation(PoolVerb.Discard, 0, 0))));
    }

    /// <summary>Smaller numbers of the same verb.</summary>
    public static IEnumerable<PoolOperation> Shrink(PoolOperation operation)
    {
        if (operation.Bytes > 0)
        {
            yield return operation with { Bytes = operation.Bytes / 2 };
            yield return operation with { Bytes = operation.Bytes - 1 };
        }

        if (operation.Bits > 0)
        {
            yield return operation with { Bits = operation.Bits / 2 };
            yield return operation with { Bits = operation.Bits - 1 };
        }
    }
}
