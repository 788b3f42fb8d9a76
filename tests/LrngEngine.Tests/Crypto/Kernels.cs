// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;

namespace LrngEngine.Tests.Crypto;

/// <summary>Hands a kernel to a test fixture, or skips the fixture where the CPU lacks the instructions.</summary>
internal static class Kernels
{
    public static ChaCha20Kernel Require(string name)
    {
        ChaCha20Kernel kernel = ChaCha20Kernels.Known.Single(known => known.Name == name);
        if (!kernel.IsSupported)
        {
            string absent = name switch { "v128" => "SSE2 or AdvSIMD", "v256" => "AVX2", _ => "AVX-512" };
            Assert.Ignore($"kernel {name}: this CPU or run lacks {absent}");
        }

        return kernel;
    }
}
