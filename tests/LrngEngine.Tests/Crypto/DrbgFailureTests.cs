// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;

namespace LrngEngine.Tests.Crypto;

[TestFixture]
internal sealed class DrbgFailureTests
{
    private static readonly byte[] s_entropy = new byte[48];

    [TestCase("instantiate")]
    [TestCase("reseed")]
    [TestCase("generate")]
    public void A_failure_half_way_wipes_and_ends_in_the_error_state(string function)
    {
        using var view = new ArenaView();
        var kernel = new FailingAesKernel();
        using var drbg = new CtrDrbg(view.Arena, kernel);
        if (function != "instantiate")
        {
            drbg.Instantiate(s_entropy, [], []);
        }

        kernel.Fails = true;
        Assert.That(() => Call(drbg, function), Throws.TypeOf<NotSupportedException>());
        Assert.That(drbg.State, Is.EqualTo(DrbgState.Error));
        Assert.That(view.Snapshot(), Is.All.Zero);

        kernel.Fails = false;
        Assert.That(() => Call(drbg, function), Throws.InvalidOperationException);
    }

    private static void Call(CtrDrbg drbg, string function)
    {
        switch (function)
        {
            case "instantiate":
                drbg.Instantiate(s_entropy, [], []);
                break;
            case "reseed":
                drbg.Reseed(s_entropy);
                break;
            default:
                drbg.Generate(new byte[10]);
                break;
        }
    }
}
