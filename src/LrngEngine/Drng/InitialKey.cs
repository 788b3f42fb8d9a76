// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
//
// A DRNG that nobody seeded yet must not give the same bytes on every machine: LRNG's ChaCha20 DRNG would begin with
// 76b8e0ad... (reference 14.4 item 5). So each instance is keyed when it is made, without any credit for it.

using System.Buffers.Binary;
using System.Security.Cryptography;
using LrngEngine.Memory;
using LrngEngine.Sources.Cpu;
using LrngEngine.Sources.KernelRng;
using LrngEngine.Timing;

namespace LrngEngine.Drng;

/// <summary>Keys DRNGs without credit, from the kernel's generator, the CPU's, clocks and the machine id.</summary>
internal sealed class InitialKey
{
    private const int KernelBytes = 32;
    private const int CpuWords = 4;
    private const int MachineIdBytes = 32;

    private readonly SecretArena _arena;
    private readonly KernelRandom _kernel;
    private readonly CpuGenerator _cpu;
    private readonly CycleCounter _counter;
    private readonly TimeProvider _clock;
    private readonly string _machineIdPath;

    internal InitialKey(
        SecretArena arena,
        KernelRandom kernel,
        CpuGenerator cpu,
        CycleCounter counter,
        TimeProvider clock,
        string machineIdPath = "/etc/machine-id")
    {
        _arena = arena;
        _kernel = kernel;
        _cpu = cpu;
        _counter = counter;
        _clock = clock;
        _machineIdPath = machineIdPath;
    }

    /// <summary>Seeds the DRNG with what is to be had; nothing of it is required.</summary>
    internal void Apply(Crypto.Drng drng)
    {
        const int Total = KernelBytes + (CpuWords * sizeof(ulong)) + (3 * sizeof(ulong)) + MachineIdBytes;
        using SecretBuffer buffer = _arena.Allocate(Total);
        Span<byte> rest = buffer.Span;

        Span<byte> kernel = Take(ref rest, KernelBytes);
        if (_kernel.Fill(kernel, KernelRandomFlags.NonBlocking) != 0)
        {
            // Before the kernel's own initialisation; an error leaves zeros, and the other parts count.
            _ = _kernel.Fill(kernel, KernelRandomFlags.Insecure);
        }

        for (int i = 0; i < CpuWords; i++)
        {
            Put(ref rest, CpuWord());
        }

        Put(ref rest, _counter.Read());
        Put(ref rest, (ulong)_clock.GetTimestamp());
        Put(ref rest, (ulong)_clock.GetUtcNow().Ticks);
        ReadMachineId(Take(ref rest, MachineIdBytes));
        drng.Seed(buffer.Span);
    }

    private static Span<byte> Take(ref Span<byte> rest, int bytes)
    {
        Span<byte> taken = rest[..bytes];
        rest = rest[bytes..];
        return taken;
    }

    private static void Put(ref Span<byte> rest, ulong value) =>
        BinaryPrimitives.WriteUInt64LittleEndian(Take(ref rest, sizeof(ulong)), value);

    private ulong CpuWord()
    {
        ulong word = 0;
        if (!(_cpu.HasRdseed && _cpu.TryRdseed(out word)) && _cpu.HasRdrand)
        {
            _ = _cpu.TryRdrand(out word);
        }

        return word;
    }

    // Not a secret: it only tells machines apart.
    private void ReadMachineId(Span<byte> id)
    {
        try
        {
            using FileStream file = File.OpenRead(_machineIdPath);
            _ = file.ReadAtLeast(id, id.Length, throwOnEndOfStream: false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A container may have none; clocks and generators remain.
            CryptographicOperations.ZeroMemory(id);
        }
    }
}
