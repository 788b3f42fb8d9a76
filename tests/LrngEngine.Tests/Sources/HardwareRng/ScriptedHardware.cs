// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Security.Cryptography;
using LrngEngine.Sources.HardwareRng;

namespace LrngEngine.Tests.Sources.HardwareRng;

/// <summary>A hardware generator that does what a test says.</summary>
internal sealed class ScriptedHardware : HardwareGenerator
{
    /// <summary>Why it cannot be opened; null if it can.</summary>
    internal string? Refusal { get; set; }

    internal HardwareIdentity Identity { get; set; } = new("virtio_rng.0", 1024);

    /// <summary>Fills a buffer and returns what read(2) would.</summary>
    internal Func<Memory<byte>, int> Answer { get; set; } = Random;

    /// <summary>Runs before each read.</summary>
    internal Action BeforeRead { get; set; } = static () => { };

    internal int Reads { get; private set; }

    internal int Opened { get; private set; }

    /// <summary>Whether a buffer still had bytes of an earlier read.</summary>
    internal bool SawOldBytes { get; private set; }

    internal TaskCompletionSource Disposed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override string? Open()
    {
        Opened++;
        return Refusal;
    }

    public override HardwareIdentity Identify() => Identity;

    public override int Read(Span<byte> output)
    {
        Reads++;
        BeforeRead();
        SawOldBytes |= output.ContainsAnyExcept((byte)0);
        byte[] buffer = new byte[output.Length];
        int result = Answer(buffer);
        buffer.AsSpan(0, Math.Max(result, 0)).CopyTo(output);
        return result;
    }

    public override void Dispose() => Disposed.TrySetResult();

    /// <summary>Good bytes.</summary>
    internal static int Random(Memory<byte> buffer)
    {
        RandomNumberGenerator.Fill(buffer.Span);
        return buffer.Length;
    }

    /// <summary>The same byte again and again.</summary>
    internal static int Constant(Memory<byte> buffer)
    {
        buffer.Span.Fill(0x5a);
        return buffer.Length;
    }
}
