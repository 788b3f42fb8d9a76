// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
//
// Other cryptography while the generator runs (reference 8.6): all of it or nothing. What may fail, memory and the handing over of
// state, is done for every instance before the first one changes; requests are served meanwhile by whatever is in place.

using LrngEngine.Crypto;
using LrngEngine.Memory;
using LrngEngine.Sources;

namespace LrngEngine.Drng;

internal sealed partial class DrngManager
{
    // LRNG's number of the prediction-resistance DRNG in the line about a switch.
    private const int PredictionResistanceNode = -1;

    // Guarded by _seedingLock.
    private readonly SecretBuffer _handover;

    /// <summary>
    /// Replaces every DRNG, the prediction-resistance one last. Each new one is seeded with 32 bytes of the one it replaces. Counters, ages and
    /// seed states stay, except that SP 800-90C wants a DRBG instantiated with its full amount: there they are seeded anew, and who
    /// waits for a seeded generator waits. A greater security strength brings a reseed forward.
    /// </summary>
    /// <param name="create">Makes a DRNG that is keyed without credit, differently each time; used from now on.</param>
    /// <remarks>Whatever <paramref name="create"/> throws, or a DRNG while it is seeded, leaves everything as it was. Afterwards
    /// nothing uses the DRNGs that were made before.</remarks>
    internal void SwitchDrng(Func<Crypto.Drng> create)
    {
        lock (_seedingLock)
        {
            Errors.ThrowIfEntered();
            int strength = _predictionResistance.SecurityStrengthBits;
            Crypto.Drng[] successors = PrepareSuccessors(create);
            for (int i = 0; i < _nodes.Length; i++)
            {
                _nodes[i].Switch(successors[i]);
                Log.NodeSwitched(_steps, _nodes[i].Node);
            }

            _predictionResistance.Dispose();
            _predictionResistance = successors[^1];
            Log.NodeSwitched(_steps, PredictionResistanceNode);
            _createDrng = create;
            if (Options.Strategy.Oversampling)
            {
                ForgetSeeds();
            }
            else if (_predictionResistance.SecurityStrengthBits > strength)
            {
                RequestReseed();
            }
        }

        OutdateOutput();
        _worker.Wake();
    }

    /// <summary>Replaces the hash of every pool; what was collected passes into the new one, and counts at most what went through the
    /// narrower of the two.</summary>
    /// <remarks>Whatever the factory throws leaves everything as it was.</remarks>
    internal void SwitchHash(ConditioningHashFactory hash)
    {
        lock (_seedingLock)
        {
            Errors.ThrowIfEntered();
            List<PreparedHash> prepared = [];
            try
            {
                foreach (IConditioned source in _sources.OfType<IConditioned>())
                {
                    prepared.Add(source.PrepareHash(hash));
                }

                prepared.ForEach(change => change.Commit());
            }
            finally
            {
                prepared.ForEach(change => change.Dispose());
            }
        }

        // The pools may hold more than before.
        Demand.ResetThreshold();
        _worker.Wake();
    }

    // Under _seedingLock: one for each instance, and the last one for prediction resistance.
    private Crypto.Drng[] PrepareSuccessors(Func<Crypto.Drng> create)
    {
        var successors = new Crypto.Drng[_nodes.Length + 1];
        try
        {
            for (int i = 0; i < successors.Length; i++)
            {
                successors[i] = create();
            }

            for (int i = 0; i < _nodes.Length; i++)
            {
                _nodes[i].Prepare(successors[i]);
            }

            DrngInstance.HandOver(_predictionResistance, successors[^1], _handover);
            return successors;
        }
        catch
        {
            foreach (Crypto.Drng? made in successors)
            {
                made?.Dispose();
            }

            throw;
        }
    }

    // Under _seedingLock. What the sources hold stays theirs: it was never given.
    private void ForgetSeeds()
    {
        _predictionResistanceInstantiated = false;
        foreach (DrngInstance node in _nodes)
        {
            node.Reset();
        }

        LowerLevel();
    }
}
