// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;

namespace LrngEngine.Tests.Crypto;

/// <summary>A kernel that breaks in the middle of a request.</summary>
internal sealed unsafe class FailingAesKernel() : AesKernel("failing", vectorBits: 0)
{
    private readonly AesKernel _kernel = AesKernels.Best;

    public bool Fails { get; set; }

    public override bool IsSupported => true;

    internal override int ExpandedKeyBytes => _kernel.ExpandedKeyBytes;

    private protected override void ExpandKeyCore(byte* key, byte* expanded)
    {
        if (Fails)
        {
            throw new NotSupportedException("broken");
        }

        _kernel.ExpandKey(key, expanded);
    }

    private protected override void EncryptCore(byte* expanded, byte* data, int blocks) => _kernel.Encrypt(expanded, data, blocks);

    private protected override void CountCore(byte* expanded, ulong counterHigh, ulong counterLow, byte* output, int groups) =>
        _kernel.Count(expanded, counterHigh, counterLow, output, groups);
}
