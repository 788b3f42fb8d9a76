// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Control;
using LrngCuse.Feeding;

namespace LrngCuse.Tests.Feeding;

/// <summary>A daemon whose kernel source is credited as a test says.</summary>
internal sealed class ScriptedDaemon : ISeedProvider
{
    /// <summary>Credit and rate of the kernel's generator; null: no such source.</summary>
    internal (int Credit, string Rate)? Kernel { get; set; }

    /// <summary>Runs while bytes are made.</summary>
    internal Action Making { get; set; } = static () => { };

    internal List<bool> PredictionResistant { get; } = [];

    public Task<StatusDocument> GetStatusAsync(CancellationToken cancellation) => Task.FromResult(new StatusDocument
    {
        Schema = 1,
        Version = "test",
        Level = "fully_seeded",
        Operational = true,
        SecurityStrengthBits = 256,
        EntropyLevelBits = 0,
        DesignedFor = [],
        AllNodesSeeded = true,
        SelfTests = new SelfTestDocument(true, 0, [], 1, default),
        Drng = new DrngDocument("ChaCha20", "v128", []),
        Hash = new HashDocument("SHA-512", "portable"),
        PredictionResistance = new PredictionResistanceDocument(0, 0),
        Device = new DeviceDocument("none", [], 0, 0, 0, 0),
        Sources = Kernel is { } kernel
            ? [Source("JitterRNG", 16, "16"), Source("KernelRNG", kernel.Credit, kernel.Rate)]
            : [Source("JitterRNG", 16, "16")],
        Requests = new RequestsDocument([], []),
        Threads = [],
        Consumers = [],
    });

    public Task GetBytesAsync(Memory<byte> output, bool predictionResistant, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        PredictionResistant.Add(predictionResistant);
        for (int i = 0; i < output.Length; i++)
        {
            output.Span[i] = (byte)(i + 1);
        }

        Making();
        return Task.CompletedTask;
    }

    private static SourceDocument Source(string name, int credit, string rate) => new(
        name, "running", credit, 0, 0, "", "", new Dictionary<string, string> { ["Entropy Rate per 256 data bits"] = rate }, null, null);
}
