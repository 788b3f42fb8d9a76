// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;
using LrngEngine.Memory;

namespace LrngEngine.Tests.Crypto;

[TestFixture("portable")]
[TestFixture("v128")]
[TestFixture("v256")]
[TestFixture("v512")]
internal sealed class ChaCha20Properties(string kernelName)
{
    // More than the largest alignment that any load or store could want.
    private const int Alignments = 64;
    private const byte Untouched = 0xa5;

    private ChaCha20Kernel _kernel;

    [OneTimeSetUp]
    public void Require_kernel() => _kernel = Kernels.Require(kernelName);

    [FsCheck.NUnit.Property(Arbitrary = [typeof(CryptoArbitraries)], MaxTest = 300)]
    public void Agrees_with_the_portable_kernel(DrngStart start, RequestBytes request, byte misaligned)
    {
        int bytes = request.Value / 64 * 64;
        byte[] expected = new byte[bytes];
        ChaCha20Kernels.Known[0].Generate(start.Words, expected);
        byte[] actual = AtOffset(misaligned, bytes, output => _kernel.Generate(start.Words, output));

        Assert.That(actual, Is.EqualTo(expected));
    }

    [FsCheck.NUnit.Property(Arbitrary = [typeof(CryptoArbitraries)], MaxTest = 300)]
    public void Drng_agrees_with_the_model(DrngStart start, (bool IsSeed, RequestBytes Bytes)[] calls, byte misaligned)
    {
        using var arena = new SecretArena(4096);
        using var drng = new ChaCha20Drng(arena, _kernel);
        start.Words.CopyTo(drng.State);
        var model = new ChaCha20DrngModel(start.Words);

        foreach ((bool isSeed, RequestBytes bytes) in calls.Where(call => call.Bytes.Value > 0))
        {
            if (isSeed)
            {
                byte[] seed = [.. Enumerable.Range(misaligned, bytes.Value).Select(value => (byte)(value * 29))];
                drng.Seed(seed);
                model.Seed(seed);
            }
            else
            {
                byte[] actual = AtOffset(misaligned, bytes.Value, output => drng.Generate(output));
                Assert.That(actual, Is.EqualTo(model.Generate(bytes.Value)));
            }

            Assert.That(drng.State.ToArray(), Is.EqualTo(model.State.ToArray()));
        }
    }

    // Runs at an address that is aligned to nothing and checks that nothing beside the output is written.
    private static byte[] AtOffset(int misaligned, int bytes, Filler fill)
    {
        int offset = misaligned % Alignments;
        byte[] buffer = GC.AllocateUninitializedArray<byte>(bytes + (2 * Alignments), pinned: true);
        buffer.AsSpan().Fill(Untouched);
        fill(buffer.AsSpan(offset, bytes));

        Assert.That(buffer.AsSpan(0, offset).ContainsAnyExcept(Untouched), Is.False, "before the output");
        Assert.That(buffer.AsSpan(offset + bytes).ContainsAnyExcept(Untouched), Is.False, "behind the output");
        return buffer[offset..(offset + bytes)];
    }

    private delegate void Filler(Span<byte> output);
}
