// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;

namespace LrngCuse.Acvp;

/// <summary>ctrDRBG, hashDRBG and hmacDRBG (draft-vassilev-acvp-drbg), with the modes that the engine has.</summary>
internal sealed class DrbgAlgorithm : VectorAlgorithm
{
    private const string TestType = "AFT";
    private const string CtrName = "ctrDRBG";

    private readonly DrbgMode[] _modes;

    private DrbgAlgorithm(string name, IEnumerable<DrbgMode> modes)
        : base(name, "1.0") => _modes = [.. modes];

    internal static IReadOnlyList<DrbgAlgorithm> Offered { get; } =
    [
        new(CtrName, [new DrbgMode("AES-256", (arena, derives) => new CtrDrbg(arena, AesKernels.Best, derivationFunction: derives))]),
        new("hashDRBG", ModesOf("hash-")),
        new("hmacDRBG", ModesOf("hmac-")),
    ];

    internal override GroupReading Read(PromptObject set, PromptObject group)
    {
        string testType = group.OptionalText("testType") ?? TestType;
        if (testType != TestType)
        {
            return GroupReading.NotOffered($"{Name} with test type {PromptPlace.Shorten(testType)}", TestType);
        }

        // The draft's examples have the mode of all groups at the set.
        string modeName = (group.Has("mode") ? group : set).Text("mode");
        DrbgMode? mode = Array.Find(_modes, known => known.Name == modeName);
        if (mode is null)
        {
            return GroupReading.NotOffered(
                $"{Name} with {PromptPlace.Shorten(modeName)}", string.Join(", ", _modes.Select(known => known.Name)));
        }

        bool? derives = group.Flag("derFunc");
        if (Name == CtrName && derives is null)
        {
            throw group.Error("derFunc", "is missing", "true or false");
        }

        var parameters = new DrbgGroup(group, mode, Name != CtrName || derives == true);
        return parameters.Unoffered() is { } unoffered
            ? GroupReading.NotOffered($"{Name} with {modeName} and {unoffered.What}", unoffered.Offered)
            : GroupReading.Offered(parameters.ReadTest);
    }

    private static IEnumerable<DrbgMode> ModesOf(string prefix)
    {
        foreach (DrngFactory drng in Drngs.All)
        {
            if (drng.CreateDrbg is { } create && drng.Name.StartsWith(prefix, StringComparison.Ordinal))
            {
                yield return new DrbgMode(NameOf(drng.Name[prefix.Length..]), (arena, _) => create(arena));
            }
        }
    }
}
