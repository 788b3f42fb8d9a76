// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Crypto;

/// <summary>The block function in plain 32-bit arithmetic: runs everywhere, on either byte order.</summary>
internal sealed unsafe class PortableChaCha20Kernel : ChaCha20Kernel
{
    public PortableChaCha20Kernel()
        : base("portable", blocksAtOnce: 1)
    {
    }

    public override bool IsSupported => true;

    private protected override void GenerateGroupsCore(uint* state, byte* output, int groups)
    {
        for (int block = 0; block < groups; block++)
        {
            ScalarChaCha20Block.Write(state, state[CounterWord] + (uint)block, output + ((nint)block * BlockBytes));
        }
    }
}
