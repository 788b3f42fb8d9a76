// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using static LrngEngine.Tests.Crypto.DrngStep;

namespace LrngEngine.Tests.Crypto;

/// <summary>
/// The vectors of LRNG's self-test (lrng_selftest.c, drng_chacha20.c) and further ones computed with an independent model and
/// confirmed against the functions of the reference implementation (chacha20_drng.c).
/// </summary>
internal static class ChaCha20DrngVectors
{
    private const string Zero =
        "0000000000000000000000000000000000000000000000000000000000000000 00000000 00000000 00000000 00000000";

    public static IEnumerable<DrngVector> All =>
    [
        new(
            "V1: zero state",
            Start(Zero),
            Generate(32, "76b8e0ada0f13d90405d6ae55386bd28bdd219b8a08ded1aa836efcc8b770dc7"),
            State("da41597c5157488d7724e03fb8d84a376a43b8f41518a11cc387b669b2ee6586 01000000 01000000 00000000 00000000")),
        new(
            "V2: two whole pieces of seed",
            Seed(64),
            Generate(64, "e3b08acc34c3170ec3d8c340e773e90dd162a35d7df2f14a2442b71eb0051707"
                + "b93510698b46fb51e9913f46f24dead081c11ba95d52915fcddcc6d6c37c5023"),
            State("264f48c44a6dcdb2acea1ef6fb8f2b211d4f19ee68c71424cc4efdd0e5e379b9 04000000 03000000 00000000 00000000")),
        new(
            "V3: a whole and a short piece of seed",
            Seed(36),
            Generate(36, "9cfc5e3121621185d377d3690fa81655b44cf652f3a837993876a066ecbbcea99c95a1fd"),
            State("121c8faba384de43a3eb8c807adbc675f4f8826ffea98e5053aa50f74d6356dd 04000000 03000000 00000000 00000000")),
        new(
            "33 bytes of seed",
            Seed(33),
            Generate(36, "5aea013b4861a6744df50968826bdab0e43cb0153049c119453c59ecb579a6817db07e7a")),
        new(
            "W: every kind of length",
            Seed(32),
            State("39fc297eddc01f6d85b4097cb4d144469a24ca7ca8cb7cdbaad56757c4f73a8d 01000000 01000000 00000000 00000000"),
            Generate(1, "22"),
            Generate(16, "894e84dcff4c41ce1617cd9ccd76fd11"),
            Generate(31, "8139121088e306bc91dd69c60f73ce5de305e97f96f9981965303821f87565"),
            Generate(32, "78fac478f75de201f2efa12b2518ca2c4ca46b0adf10d7af26169618fde0a81e"),
            Generate(33, "17f8d3d5746fa587a70309959a5abe00f970b516674d812644c0f4c4eec6fcf27b"),
            Generate(63, "5d881f6eea1b3bf9e2c7e021955386b6e68c5b3b516e33ed3f40f20a7ca4ed73"
                + "7acf19e36e52f069afacc22c252a25a863857fc47beebb383619f2fe052025"),
            Generate(64, "adc12dd497a4a595fed8955f3fc0c63f2e09e03f99bbbe36a669d66850b99ba3"
                + "aebe14a7fb8c85510382f7e4a973b336ccc1404d613f4b3c7921aba4f9359a28"),
            Generate(65, "f7b5bff353c8fbd0a3adb2dad2e852fa3ec5f96027515e0a23d251fb0db1b063"
                + "77d2cf703ac87b5f1d4a129b6e25ccbf8f1be3a541e2521ae646128836422e97a8"),
            Generate(128, "starts:f21b267caa956244320e016810f535e9 "
                + "sha256:ae9a4934833a31be05d3c0ccf533a89d3fe85473f8616435aa1015a2eec4d20e"),
            Generate(4096, "ends:1142461f4d463763cae47c4d724392d0 "
                + "sha256:c1d7dfdfcad363819c28f1b71c09f3e278c348bb6814f12141090eea2e37fa90"),
            State("1d0cf7f68a8a6e499e2adfeddbe03585f539b2335bb074fc94426ad437d37221 51000000 0b000000 00000000 00000000")),
        new(
            "264 bytes of seed",
            Seed(264),
            State("8275c2ce72f494ed400413091d674e0d1366f3b69987b8d887aff2e255fe411e 09000000 09000000 00000000 00000000"),
            Generate(48, "8880416d3cd21474ec3470b39d37aa2dff5fb0010bad6f77c293c862b291bbf875d6f0b74de7779a480f0b274211de66")),
        new(
            "wrap of counter and nonce",
            Start("0000000000000000000000000000000000000000000000000000000000000000 ffffffff ffffffff ffffffff 00000000"),
            Generate(128, "09c6d3c9908c6285d82d3a951be95d6d6cd88df89e2e8c50470cd7deca47f103"
                + "82bbe707fd65a9d3e7ff88d2621959965815d1dc3d60d44aad84fc3bbcaf87eb"
                + "8645ccadceff20d2cf9fa1a7ba08e188572b226fb56ce0f885ca03bae7f581b3"
                + "9a458b3ceea6b3f6a22b32214a366a4371652c5cf6e65886526f777bdd0c30b0"),
            CounterAndNonce("02000000 00000000 00000000 01000000")),
    ];
}
