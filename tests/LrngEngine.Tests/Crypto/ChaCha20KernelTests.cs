// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;

namespace LrngEngine.Tests.Crypto;

[TestFixture("portable")]
[TestFixture("v128")]
[TestFixture("v256")]
[TestFixture("v512")]
internal sealed class ChaCha20KernelTests(string kernelName)
{
    private ChaCha20Kernel _kernel;

    [OneTimeSetUp]
    public void Require_kernel() => _kernel = Kernels.Require(kernelName);

    // RFC 8439, 2.3.2: key 00..1f, nonce 00:00:00:09:00:00:00:4a:00:00:00:00, counter 1; here in each place of a group, and as
    // a single block.
    [Test]
    public void Rfc_8439_block()
    {
        byte[] key = [.. Enumerable.Range(0, 32).Select(index => (byte)index)];
        for (int place = 0; place <= _kernel.BlocksAtOnce; place++)
        {
            KnownAnswer.Check(
                changedKey => BlockAt(place, changedKey),
                key,
                "10f1e7e4d13b5915500fdd1fa32071c4c7d1f4c733c068030422aa9ac3d46c4e"
                + "d2826446079faa0914c2d705d98b02a2b5129cd1de164eb9cbd083e8a2503c4e");
        }
    }

    [Test]
    public void Is_found_by_its_name()
    {
        Assert.That(ChaCha20Kernels.TryFind(kernelName, out ChaCha20Kernel? found), Is.True);
        Assert.That(found, Is.SameAs(_kernel));
        Assert.That(ChaCha20Kernels.All, Does.Contain(_kernel));
    }

    [TestCase(15, 64)]
    [TestCase(17, 64)]
    [TestCase(16, 63)]
    [TestCase(16, 65)]
    public void Wrong_lengths_are_refused(int words, int bytes) =>
        Assert.That(() => _kernel.Generate(new uint[words], new byte[bytes]), Throws.InstanceOf<ArgumentException>());

    [Test]
    public void No_blocks_are_no_work() => Assert.That(() => _kernel.Generate(new uint[16], []), Throws.Nothing);

    // The block of counter 1, when it is block number `place` of the output.
    private byte[] BlockAt(int place, byte[] key)
    {
        uint[] state =
        [
            0x61707865, 0x3320646e, 0x79622d32, 0x6b206574,
            .. Enumerable.Range(0, 8).Select(word => BitConverter.ToUInt32(key, 4 * word)),
            unchecked(1 - (uint)place), 0x09000000, 0x4a000000, 0,
        ];
        byte[] output = new byte[64 * (_kernel.BlocksAtOnce + 1)];
        _kernel.Generate(state, output);
        return output[(64 * place)..(64 * (place + 1))];
    }
}
