// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.InteropServices;
using Tmds.Linux;

namespace LrngEngine.Sources.KernelRng;

/// <summary>getrandom(2), called by number: the C library's function may be replaced by a preloaded one that asks this very
/// daemon.</summary>
public sealed unsafe class LinuxKernelRandom : KernelRandom
{
    // __NR_getrandom of the kernel's tables for x86-64 and for the generic table of arm64, riscv64 and loongarch64.
    private const int CallNumberX64 = 318;
    private const int CallNumberGeneric = 278;

    private static int CallNumber => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => CallNumberX64,
        Architecture.Arm64 or Architecture.RiscV64 or Architecture.LoongArch64 => CallNumberGeneric,
        _ => -1, // no such call: the kernel answers ENOSYS
    };

    /// <inheritdoc/>
    public override int GetRandom(Span<byte> output, KernelRandomFlags flags)
    {
        fixed (byte* start = output)
        {
            int written = (int)LibC.syscall(CallNumber, start, (size_t)output.Length, (uint)flags);
            return written >= 0 ? written : -LibC.errno;
        }
    }
}
