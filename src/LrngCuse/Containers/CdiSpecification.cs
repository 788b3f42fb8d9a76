// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Transports;

namespace LrngCuse.Containers;

/// <summary>The devices that containers may ask for: the daemon's own, in place of the kernel's, and with getrandom for programs.</summary>
internal static class CdiSpecification
{
    internal const string Kind = "lrng.dev/random";

    // The first version with hostPath.
    private const string Version = "0.5.0";

    // 0666
    private const int Everybody = 0x1b6;

    private const string LibraryInContainer = "/usr/lib/lrng/liblrng-getrandom.so";
    private const string GenerationInContainer = "/run/lrng/generation";

    /// <param name="name">The devices of the daemon.</param>
    /// <param name="major">Their number.</param>
    /// <param name="library">The host's liblrng-getrandom.so; null: no device "preload".</param>
    /// <param name="generation">The daemon's generation file.</param>
    internal static CdiDocument Create(DeviceName name, uint major, string? library, string generation)
    {
        // Nodes that stay while the daemon is away, so that a container can be started then.
        string? directory = StaticNodes.DirectoryFor(name);
        string random = directory is null ? $"/dev/{name.Random}" : $"{directory}/random";
        string urandom = directory is null ? $"/dev/{name.Urandom}" : $"{directory}/urandom";
        CdiNode[] NodesAt(string first, string second) => [Node(first, random, major, 0), Node(second, urandom, major, 1)];

        CdiNode[] own = NodesAt($"/dev/{name.Random}", $"/dev/{name.Urandom}");
        List<CdiDevice> devices =
        [
            new("default", new CdiEdits(own)),
            new("as-dev-random", new CdiEdits(NodesAt("/dev/random", "/dev/urandom"))),
        ];
        if (library is not null)
        {
            devices.Add(new("preload", new CdiEdits(
                own,
                [Mount(library, LibraryInContainer), Mount(generation, GenerationInContainer)],
                [
                    $"LD_PRELOAD={LibraryInContainer}",
                    $"LRNG_DEVICE=/dev/{name.Random}",
                    $"LRNG_GENERATION={GenerationInContainer}",
                ])));
        }

        return new CdiDocument(Version, Kind, devices);
    }

    private static CdiNode Node(string path, string hostPath, uint major, uint minor) =>
        new(path, hostPath, "c", major, minor, Everybody, "rw");

    private static CdiMount Mount(string hostPath, string containerPath) => new(hostPath, containerPath, ["ro", "nosuid", "nodev", "bind"]);
}
