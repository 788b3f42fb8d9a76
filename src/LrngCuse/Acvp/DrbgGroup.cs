// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;
using LrngEngine.Memory;
using LrngEngine.SelfTests;

namespace LrngCuse.Acvp;

/// <summary>The parameters of a group of DRBG tests (draft-vassilev-acvp-drbg, "Test Groups"), and how its tests are read.</summary>
internal sealed class DrbgGroup
{
    private const int ArenaBytes = 8 * 1024;
    private const string Reseed = "reSeed";
    private const string Generate = "generate";

    private readonly DrbgMode _mode;
    private readonly bool _derives;
    private readonly bool _predictionResistance;
    private readonly int _leastEntropyBytes;
    private readonly int _mostInputBytes;

    // What the group says that its inputs have, by the names of the fields.
    private readonly Dictionary<string, long> _inputBits = [];

    internal DrbgGroup(PromptObject group, DrbgMode mode, bool derives)
    {
        _mode = mode;
        _derives = derives;
        _predictionResistance = group.Flag("predResistance") ?? throw group.Error("predResistance", "is missing", "true or false");
        _ = group.Flag("reSeed");
        OutputBits = (int)group.Integer("returnedBitsLen", 1, Drbg.MaxRequestBytes * 8);
        foreach (string field in (string[])["entropyInput", "nonce", "persoString", "additionalInput"])
        {
            if (group.Has(field + "Len"))
            {
                _inputBits.Add(field, group.Integer(field + "Len", 0, Drbg.MaxInputBytes * 8L));
            }
        }

        using var arena = new SecretArena(ArenaBytes, new UnlockedMemoryCalls());
        using Drbg drbg = Create(arena);
        (_leastEntropyBytes, _mostInputBytes) = (drbg.MinEntropyInputBytes, drbg.InputLimitBytes);
    }

    internal int OutputBits { get; }

    internal Drbg Create(SecretArena arena) => _mode.Create(arena, _derives);

    /// <summary>What the lengths ask for that is not offered, and what is; null if there is nothing.</summary>
    internal (string What, string Offered)? Unoffered()
    {
        foreach ((string field, long bits) in _inputBits.Where(input => _derives || input.Key != "nonce"))
        {
            int least = field == "entropyInput" ? _leastEntropyBytes * 8 : 0;
            if (bits < least || bits > _mostInputBytes * 8L)
            {
                return ($"{field}Len {bits}", $"{least} to {_mostInputBytes * 8L}");
            }

            if (bits % 8 != 0)
            {
                return ($"{field}Len {bits}", "whole bytes");
            }
        }

        return null;
    }

    internal DrbgTest ReadTest(PromptObject test, int id)
    {
        byte[] entropyInput = EntropyInput(test);

        // Without a derivation function there is no nonce, though NIST's sets carry one.
        byte[] nonce = _derives ? Input(test, "nonce") : [];
        byte[] personalization = Input(test, "persoString");
        List<DrbgStep> steps = [.. test.Objects("otherInput").Select(ReadStep)];
        return steps.Exists(step => step.Generates)
            ? new DrbgTest(id, this, entropyInput, nonce, personalization, steps)
            : throw test.Error("otherInput", "generates nothing", $"one item at least with intendedUse {Generate}");
    }

    private DrbgStep ReadStep(PromptObject step)
    {
        string use = step.Text("intendedUse");
        bool generates = use == Generate;
        if (!generates && use != Reseed)
        {
            throw step.Error("intendedUse", $"is {PromptPlace.Quote(use)}", $"{Generate} or {Reseed}");
        }

        bool reseeds = !generates || _predictionResistance;
        if (!reseeds && step.OptionalHex("entropyInput").Length > 0)
        {
            throw step.Error("entropyInput", "is there", "none for a request without prediction resistance");
        }

        return new DrbgStep(generates, reseeds ? EntropyInput(step) : [], Input(step, "additionalInput"));
    }

    private byte[] EntropyInput(PromptObject owner)
    {
        byte[] input = Input(owner, "entropyInput");
        return input.Length >= _leastEntropyBytes
            ? input
            : throw owner.Error("entropyInput", $"has {input.Length} bytes", $"{_leastEntropyBytes} bytes at least");
    }

    private byte[] Input(PromptObject owner, string field)
    {
        byte[] input = owner.OptionalHex(field);
        if (_inputBits.TryGetValue(field, out long bits) && input.Length * 8L != bits)
        {
            throw owner.Error(field, $"has {input.Length * 8L} bits", $"{bits} bits, as {field}Len of the group says");
        }

        return input.Length <= _mostInputBytes
            ? input
            : throw owner.Error(field, $"has {input.Length} bytes", $"{_mostInputBytes} bytes at most");
    }
}
