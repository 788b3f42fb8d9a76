// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Text.Json;
using System.Text.Json.Nodes;
using LrngCuse.Containers;
using LrngCuse.Transports;

namespace LrngCuse.Tests.Containers;

/// <summary>The specification for container engines. That they take it is seen with one, in tests/containers.</summary>
[TestFixture]
internal sealed class CdiSpecificationTests
{
    [Test]
    public void In_place_of_the_kernels_devices()
    {
        JsonNode nodes = DeviceOf(Create("lrng-random", library: null), "as-dev-random")["deviceNodes"]!;
        Assert.That(nodes[0]!.ToJsonString(), Is.EqualTo(
            """{"path":"/dev/random","hostPath":"/dev/lrng/random","type":"c","major":121,"minor":0,"fileMode":438,"permissions":"rw"}"""));
        Assert.That(nodes[1]!.ToJsonString(), Is.EqualTo(
            """{"path":"/dev/urandom","hostPath":"/dev/lrng/urandom","type":"c","major":121,"minor":1,"fileMode":438,"permissions":"rw"}"""));
    }

    [Test]
    public void Beside_them()
    {
        JsonNode nodes = DeviceOf(Create("lrng-random", library: null), "default")["deviceNodes"]!;
        Assert.That(nodes.AsArray().Select(node => (string)node!["path"]!), Is.EqualTo(new[] { "/dev/lrng-random", "/dev/lrng-urandom" }));
    }

    // There is no node that stays for a name of another form.
    [Test]
    public void Another_name_of_the_device()
    {
        JsonNode nodes = DeviceOf(Create("noise", library: null), "as-dev-random")["deviceNodes"]!;
        Assert.That(nodes.AsArray().Select(node => (string)node!["hostPath"]!), Is.EqualTo(new[] { "/dev/noise", "/dev/noise-urandom" }));
    }

    [Test]
    public void The_library_is_there_if_the_host_has_it()
    {
        Assert.That(Names(Create("lrng-random", library: null)), Is.EqualTo(new[] { "default", "as-dev-random" }));
        JsonObject document = Create("lrng-random", library: "/opt/lib/liblrng-getrandom.so");
        Assert.That(Names(document), Is.EqualTo(new[] { "default", "as-dev-random", "preload" }));
        JsonObject edits = DeviceOf(document, "preload");
        Assert.That(edits["mounts"]!.AsArray().Select(mount => (string)mount!["hostPath"]!), Is.EqualTo(
            new[] { "/opt/lib/liblrng-getrandom.so", "/run/lrng/generation" }));
        Assert.That(edits["env"]!.AsArray().Select(line => (string)line!), Is.EqualTo(new[]
        {
            "LD_PRELOAD=/usr/lib/lrng/liblrng-getrandom.so",
            "LRNG_DEVICE=/dev/lrng-random",
            "LRNG_GENERATION=/run/lrng/generation",
        }));
    }

    [Test]
    public void Version_and_kind()
    {
        JsonObject document = Create("lrng-random", library: null);
        Assert.That(((string)document["cdiVersion"]!, (string)document["kind"]!), Is.EqualTo(("0.5.0", "lrng.dev/random")));
    }

    private static JsonObject Create(string device, string? library) => JsonSerializer.SerializeToNode(
        CdiSpecification.Create(DeviceName.Parse(device), 121, library, "/run/lrng/generation"), CdiJson.Default.CdiDocument)!.AsObject();

    private static IEnumerable<string> Names(JsonObject document) =>
        document["devices"]!.AsArray().Select(device => (string)device!["name"]!);

    private static JsonObject DeviceOf(JsonObject document, string name) =>
        document["devices"]!.AsArray().Single(device => (string)device!["name"]! == name)!["containerEdits"]!.AsObject();
}
