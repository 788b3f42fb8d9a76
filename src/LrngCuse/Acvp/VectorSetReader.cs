// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Acvp;

/// <summary>Reads a vector set: its groups, and their tests where they are offered.</summary>
internal static class VectorSetReader
{
    // A whole number that JSON's readers agree on (RFC 8259, 6).
    private const long MaximumSetId = (1L << 53) - 1;

    // The first revision; the oldest sets do not name it.
    private const string FirstRevision = "1.0";

    /// <exception cref="CommandException">The set is not as ACVP has it.</exception>
    internal static VectorSet Read(PromptObject set, string? protocolVersion)
    {
        string idName = !set.Has("vsId") && set.Has("vectorSetId") ? "vectorSetId" : "vsId";
        long id = set.Integer(idName, 0, MaximumSetId);
        string algorithm = set.Text("algorithm");
        string? revision = set.OptionalText("revision");
        bool? isSample = set.Flag("isSample");
        var groups = new List<VectorGroup>();
        var ids = (Groups: new HashSet<int>(), Tests: new HashSet<int>());
        foreach (PromptObject group in set.Objects("testGroups"))
        {
            int groupId = Identify(group, "tgId", "group", ids.Groups);
            GroupReading reading = ReadGroup(set, group, algorithm, revision ?? FirstRevision);
            groups.Add(reading.ReadTest is { } readTest
                ? new VectorGroup(groupId, ReadTests(group, groupId, readTest, ids.Tests), Refusal: null)
                : new VectorGroup(groupId, [], reading.Refusal));
        }

        return new VectorSet(protocolVersion, idName, id, algorithm, revision, isSample, groups);
    }

    private static GroupReading ReadGroup(PromptObject set, PromptObject group, string name, string revision)
    {
        VectorAlgorithm? algorithm = VectorAlgorithm.All.FirstOrDefault(known => known.Name == name);
        if (algorithm is null)
        {
            return GroupReading.NotOffered(
                PromptPlace.Shorten(name), string.Join(", ", VectorAlgorithm.All.Select(known => known.Name)));
        }

        return algorithm.Revisions.Contains(revision)
            ? algorithm.Read(set, group)
            : GroupReading.NotOffered(
                $"revision {PromptPlace.Shorten(revision)} of {name}", string.Join(", ", algorithm.Revisions));
    }

    private static List<VectorTest> ReadTests(
        PromptObject group, int groupId, Func<PromptObject, int, VectorTest> readTest, HashSet<int> known)
    {
        var tests = new List<VectorTest>();
        foreach (PromptObject test in group.Objects("tests"))
        {
            test.Identify($"group {groupId}");
            tests.Add(readTest(test, Identify(test, "tcId", $"group {groupId}, test", known)));
        }

        return tests;
    }

    private static int Identify(PromptObject item, string field, string word, HashSet<int> known)
    {
        int id = (int)item.Integer(field, 0, int.MaxValue);
        if (!known.Add(id))
        {
            throw item.Error(field, $"is {id} for the second time", "numbers that are unique within the set");
        }

        item.Identify($"{word} {id}");
        return id;
    }
}
