// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Tests.Crypto;

/// <summary>HMAC_DRBG.</summary>
internal static partial class DrbgVectors
{
    private const int HashInputBytes = 111;

    // NIST, "Examples with Intermediate Values", HMAC_DRBG with SHA-512.
    private static IEnumerable<DrbgVector> HmacExamples =>
    [
        new(
            "hmac-sha512",
            "NIST example, prediction resistance",
            DrbgCall.Instantiate(Run(0, HashInputBytes), Run(0x20, 16), []),
            DrbgCall.Reseed(Run(0x80, HashInputBytes), []),
            DrbgCall.Generate(
                [],
                "28fd6060c4f35f4d317ab2060ee32019e0daa330f3f5650bbca57cb67ee6af1c6f25d1b01f3601eda85dc2ed29a9b2ba"
                + "4c85cf491ce7185f1a2bd9378ae3c655bd1cec2ee108ae7fc382989f6d4fea8ab01499697c2f07945ce02c5ed617d042"
                + "87feaf3ba638a4cef3bb6b827e40af16279580fcf1fdad830930f7fde341e2af"),
            DrbgCall.Reseed(Run(0xc0, HashInputBytes), []),
            DrbgCall.Generate(
                [],
                "c0b1601afe39338b58dc2be7c256aebe3c21c5a939beec7e97b3528ac420f0c6341847187666e0ff578a8eb0a37809f8"
                + "77365a28df2fa0f06354a6f02496747369375b9a9d6b756fdc4a8fb308e082569d79a85bb960f747256626389a3b45b0"
                + "abe7ecbc39d5cd7b2c18df2e5fde8c9b8d43474c54b6f9839468445929b438c7")),
        new(
            "hmac-sha512",
            "NIST example, prediction resistance, additional input",
            DrbgCall.Instantiate(Run(0, HashInputBytes), Run(0x20, 16), []),
            DrbgCall.Reseed(Run(0x80, HashInputBytes), Run(0x60, HashInputBytes)),
            DrbgCall.Generate(
                [],
                "72691d2103fb567ccd30370715b36666f63430087b1c688281ca0974db456bdba7eb5c48cff62ea05f9508f3b530ce99"
                + "5a272b11ec079c13923eef8e011a93c19b58cc6716bc7cb8bd886caa60c14d85c023348bd77738c475d6c7e1d9bff4b1"
                + "2c43d8cc73f838dc4f8bd476cf8328eeb71b3d873d6b7b859c9b21065638ff95"),
            DrbgCall.Reseed(Run(0xc0, HashInputBytes), Run(0xa0, HashInputBytes)),
            DrbgCall.Generate(
                [],
                "8570da3d47e1e1605cf3e44b8d328b995efc64107b6292d1b1036b5f88ce31602f12beb71d801c0942e7c0864b3db67a"
                + "9356db203490d88124fe86bce38ac2269b4fda6abaa884039df80a0336a24d791eb3067c8f5f0cf0f18dd73b66a7b316"
                + "fb19e02835cc629365fcd1d3be640178ed9093b91b36e1d68135f2785bff505c")),
        new(
            "hmac-sha512",
            "NIST example, prediction resistance, personalization",
            DrbgCall.Instantiate(Run(0, HashInputBytes), Run(0x20, 16), Run(0x40, HashInputBytes)),
            DrbgCall.Reseed(Run(0x80, HashInputBytes), []),
            DrbgCall.Generate(
                [],
                "aae4dc3c9ecc74d9061dd527117ef3d29e1e52b26853c539d6ca797e8da3d0bb171d8e30b8b194d8c28f7f6be3b986b8"
                + "8506dc6a01b294a7165dd1c3470f7be7b396aa0db7d50c4051e7c7e1c8a7d21a2b5878c0bcb163caa79366e7a1162fdc"
                + "88429616cd3e69778d327520a6bbbf71d8aa2e03ec4a9daa0e77cf93e1ee30d2"),
            DrbgCall.Reseed(Run(0xc0, HashInputBytes), []),
            DrbgCall.Generate(
                [],
                "129ff6d31a23ffbc870632b35ee477c2280ddd2ecdabedb900c78418be2d243bb9d8e5093ece7b6bf48638d8f704d134"
                + "addeb7f4e9d5c142cd05683e72b516486af24aec15d61e81e270dd4ebed91b6212eb8896a6250d5c8bc3a4a12f7e3068"
                + "fbdf856f47eb23d379f82c1ebcd1585fb260b9c0c42625fbcee68cad773cd5b1")),
        new(
            "hmac-sha512",
            "NIST example, prediction resistance, personalization and additional input",
            DrbgCall.Instantiate(Run(0, HashInputBytes), Run(0x20, 16), Run(0x40, HashInputBytes)),
            DrbgCall.Reseed(Run(0x80, HashInputBytes), Run(0x60, HashInputBytes)),
            DrbgCall.Generate(
                [],
                "b8e827652175e6e06e513c7be94b5810c14ed94ad903647940caeb7ee014c8488dcbbe6d4d6616d06656a3dc707cdac4"
                + "f02ee6d8408c065fcb068c0760da47c5d60e5d70d09dc3929b6979615d117f7bedcc661a98514b3a1f55b2cbabdca59f"
                + "11823e4838065f1f8431cbf28a577738234af3f188c7190cc19739e72e9bbfff"),
            DrbgCall.Reseed(Run(0xc0, HashInputBytes), Run(0xa0, HashInputBytes)),
            DrbgCall.Generate(
                [],
                "7ed41b9cfdc8c25683bbb4c553cc2dc61f690e62abc9f038a16b8c519690cabebd1b5c196c57cf759bb9871be0c163a5"
                + "7315ea96f615136d064572f09f26d659d24211f9610ffcdffda8ce23ffa967357595182660877766035eed800b05364c"
                + "e324a75eb63fd9b3eed956d147480b1d0a42df8aa990bb628666f6f61d60cbe2")),
    ];
}
