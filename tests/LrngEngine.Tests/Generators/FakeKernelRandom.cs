// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Sources.KernelRng;

namespace LrngEngine.Tests.Generators;

/// <summary>A kernel that is initialised.</summary>
internal sealed class FakeKernelRandom : KernelRandom
{
    private int _calls;

    /// <summary>Called at each call.</summary>
    public Action OnCall { get; set; } = () => { };

    public override int GetRandom(Span<byte> output, KernelRandomFlags flags)
    {
        OnCall();
        output.Fill((byte)Interlocked.Increment(ref _calls));
        return output.Length;
    }
}
