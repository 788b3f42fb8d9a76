// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using FsCheck;
using FsCheck.Fluent;
using LrngEngine.Memory;
using LrngEngine.Sources.Auxiliary;
using LrngEngine.Tests.Crypto;

namespace LrngEngine.Tests.Sources.Auxiliary;

/// <summary>The pool against <see cref="PoolModel"/> over anything that may be done to it: bits and bytes.</summary>
[TestFixture]
internal sealed class AuxiliaryPoolProperties
{
    private static readonly HashCase[] s_hashes = [.. HashCase.All];

    [FsCheck.NUnit.Property(Arbitrary = [typeof(AuxiliaryPoolProperties)], MaxTest = 300)]
    public void It_keeps_the_account_of_the_model_whatever_is_done(PoolOperation[] operations, byte firstHash, bool oversampled)
    {
        int oversamplingBits = oversampled ? 64 : 0;
        HashCase hash = s_hashes[firstHash % s_hashes.Length];
        using var arena = new SecretArena(4096);
        using var pool = new AuxiliaryPool(hash.Create(arena), arena, oversamplingBits);
        var model = new PoolModel(hash, oversamplingBits);
        long handedOut = 0;
        foreach (PoolOperation operation in operations)
        {
            handedOut += Run(operation, pool, model, arena);
            Agreement.Check((pool.EntropyBits, pool.CapacityBits), (model.EntropyBits, model.CapacityBits), operation);
            Agreement.Check(pool.Status.Details, $"entropy {model.EntropyBits} of {model.CapacityBits} bits, hash {model.HashName}", operation);

            // Nothing is handed out that the model did not spend: inserted = spent + lost + left.
            Agreement.Check(handedOut + model.LostBits + pool.EntropyBits, model.InsertedBits, operation);
        }
    }

    public static Arbitrary<PoolOperation> Operations() => Arb.From(PoolOperation.Generator(), PoolOperation.Shrink);

    // Returns the credit that was handed out.
    private static int Run(PoolOperation operation, AuxiliaryPool pool, PoolModel model, SecretArena arena)
    {
        byte[] data = [.. Enumerable.Range(1, operation.Bytes).Select(index => (byte)index)];
        switch (operation.Verb)
        {
            case PoolVerb.Insert:
                pool.Insert(data, operation.Bits);
                model.Insert(data, operation.Bits);
                return 0;
            case PoolVerb.Backtrack:
                pool.Backtrack(data);
                model.Insert(data, 0);
                return 0;
            case PoolVerb.Pull:
                return Pull((int)operation.Bits, pool, model);
            case PoolVerb.Switch:
                pool.SwitchHash(s_hashes[operation.Hash].Create(arena));
                model.Switch(s_hashes[operation.Hash]);
                return 0;
            case PoolVerb.SetEntropy:
                pool.EntropyBits = (int)operation.Bits;
                model.SetEntropy((int)operation.Bits);
                return 0;
            default:
                pool.Discard();
                model.SetEntropy(0);
                return 0;
        }
    }

    private static int Pull(int requestedBits, AuxiliaryPool pool, PoolModel model)
    {
        byte[] slot = new byte[64];
        int available = model.Available(requestedBits);
        Agreement.Check(pool.AvailableEntropy(requestedBits), available, "said before");
        int credited = pool.GetEntropy(slot, requestedBits);
        byte[] expected = model.Pull(requestedBits);
        Agreement.Check(credited, available, "credited");
        Agreement.Check(credited <= 8 * expected.Length, "no more credit than data", requestedBits);
        Agreement.Check(Convert.ToHexString(slot), Convert.ToHexString(expected).PadRight(2 * slot.Length, '0'), "the slot");
        return credited;
    }
}
