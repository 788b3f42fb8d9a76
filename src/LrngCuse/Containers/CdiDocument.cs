// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Text.Json.Serialization;

namespace LrngCuse.Containers;

/// <summary>A specification of the Container Device Interface, as far as it is used here.</summary>
internal sealed record CdiDocument(string CdiVersion, string Kind, IReadOnlyList<CdiDevice> Devices);

/// <summary>What a container asks for by KIND=NAME.</summary>
internal sealed record CdiDevice(string Name, CdiEdits ContainerEdits);

/// <summary>What the runtime adds to the container.</summary>
internal sealed record CdiEdits(
    IReadOnlyList<CdiNode> DeviceNodes, IReadOnlyList<CdiMount>? Mounts = null, IReadOnlyList<string>? Env = null);

/// <summary>A device node. The runtime makes it anew in the container, by the number.</summary>
internal sealed record CdiNode(string Path, string HostPath, string Type, uint Major, uint Minor, int FileMode, string Permissions);

/// <summary>A bind mount.</summary>
internal sealed record CdiMount(string HostPath, string ContainerPath, IReadOnlyList<string> Options);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(CdiDocument))]
internal sealed partial class CdiJson : JsonSerializerContext;
