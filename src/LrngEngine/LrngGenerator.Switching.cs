// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;
using LrngEngine.Memory;
using LrngEngine.SelfTests;

namespace LrngEngine;

/// <content>Other cryptography while the generator runs (LRNG: lrng_set_drng_cb, lrng_set_hash_cb; reference 8.6).</content>
public sealed partial class LrngGenerator
{
    // One switch at a time; taken before all locks of the manager.
    private readonly Lock _switching = new();

    // Instances of the DRNG, the one for prediction resistance among them.
    private readonly int _instances;

    // The options with the cryptography in force. Written under _switching.
    private volatile LrngGeneratorOptions _options;

    // Where the DRNGs in force live. Guarded by _switching.
    private SecretArena? _mechanism;

    /// <summary>The conditioning hash in force.</summary>
    public ConditioningHashFactory ConditioningHash => _options.ConditioningHash;

    /// <summary>Which code computes the DRNG in force, by the width of its vectors.</summary>
    public string CipherKernel => _options.KernelName;

    /// <summary>
    /// Replaces every DRNG by one of another mechanism, each seeded with 32 bytes of its predecessor, while requests go on. Seed states
    /// stay; with <see cref="LrngGeneratorOptions.Sp80090C"/> all are seeded anew, and callers that wait for the full seed wait.
    /// The mechanism in force changes nothing.
    /// </summary>
    /// <param name="drng">One of <see cref="Drngs.All"/>, or one's own.</param>
    /// <exception cref="LockedMemoryException">There is no memory for it; everything stays as it was.</exception>
    /// <exception cref="InvalidOperationException">A DRNG could not be made; everything stays as it was.</exception>
    /// <exception cref="GeneratorFailedException">A self-test failed: of this mechanism now, or any before.</exception>
    /// <exception cref="ObjectDisposedException">The generator is or was disposed meanwhile.</exception>
    public void SwitchDrng(DrngFactory drng)
    {
        ArgumentNullException.ThrowIfNull(drng);
        using RunningCalls.Call call = _calls.Enter();
        lock (_switching)
        {
            _errors.ThrowIfEntered();
            LrngGeneratorOptions options = _options with { Drng = drng };
            if (drng == _options.Drng)
            {
                return;
            }

            SelfTestSuite tests = SelfTestsOf(options);
            _selfTests.Require(tests.Drng);
            SecretArena mechanism = MapMechanism(options);
            try
            {
                Manager.SwitchDrng(DrngFactory(options, mechanism));
            }
            catch
            {
                mechanism.Dispose();
                throw;
            }

            _mechanism?.Dispose();
            _mechanism = mechanism;
            _selfTests.Use(tests);
            Log.DrngSwitched(options.Logger, _options.Drng.Name, drng.Name);
            _options = options;
        }
    }

    /// <summary>
    /// Replaces the hash that conditions events and what is put into the auxiliary pool, while requests go on. What the pools hold
    /// passes into the new hash and counts at most what the shorter of both digests carries. The hash in force changes nothing.
    /// </summary>
    /// <param name="hash">One of <see cref="ConditioningHashes.All"/>.</param>
    /// <exception cref="ArgumentException">Its digest is too short for the seeding strategy in force.</exception>
    /// <exception cref="InvalidOperationException">There is no memory for it; everything stays as it was.</exception>
    /// <exception cref="GeneratorFailedException">A self-test failed: of this hash now, or any before.</exception>
    /// <exception cref="ObjectDisposedException">The generator is or was disposed meanwhile.</exception>
    public void SwitchConditioningHash(ConditioningHashFactory hash)
    {
        ArgumentNullException.ThrowIfNull(hash);
        using RunningCalls.Call call = _calls.Enter();
        lock (_switching)
        {
            _errors.ThrowIfEntered();
            LrngGeneratorOptions options = _options with { ConditioningHash = hash };
            LrngGeneratorOptions.RequireWideHash(options);
            if (hash == _options.ConditioningHash)
            {
                return;
            }

            SelfTestSuite tests = SelfTestsOf(options);
            _selfTests.Require(tests.Hash);
            Manager.SwitchHash(hash);
            _selfTests.Use(tests);
            Log.HashSwitched(options.Logger, _options.ConditioningHash.Name, hash.Name);
            _options = options;
        }
    }

    private static SelfTestSuite SelfTestsOf(LrngGeneratorOptions options) =>
        new(options.ConditioningHash, options.Mechanism, options.KernelName);
}
