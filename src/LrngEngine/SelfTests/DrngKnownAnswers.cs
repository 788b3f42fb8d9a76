// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.SelfTests;

/// <summary>The known answers of the DRBGs, by their names in the registry. Outputs of CTR_DRBG and of those with SHA-512 are NIST's
/// ("Examples with Intermediate Values"); the others, and the long ones, are what two implementations that are not ours agree on,
/// OpenSSL and BouncyCastle (SHA-3: OpenSSL alone).</summary>
internal static class DrngKnownAnswers
{
    private const int CtrInputBytes = 48;
    private const int ShortHashInputBytes = 440 / 8;
    private const int LongHashInputBytes = 888 / 8;

    internal static DrngKnownAnswer? Find(string name) => name switch
    {
        "ctr-aes256" => new(
            CtrInputBytes,
            "738e99c95af59519aad37ff3d5180986adebab6e95836725097e50a8d1d0bd28",
            "04372988282105f941fda6467efddb0d9c3430032ac00ca70c465d04ffffe147"),
        "hash-sha256" => new(
            ShortHashInputBytes,
            "a418dada69e43301efb98071728346783af96338d463cf06c9251393fbc2e3b38a81cd95d951f9f13dd6e2fca8becb31"
            + "953f57db78e37a508ddbd29a40fc2d9a",
            "c0c7028fab7d5a9310f492af7878391a74afb0266c8e42db37b9c1e2a058681c"),
        "hash-sha384" => new(
            LongHashInputBytes,
            "27a8f50bef954a477d40081215f5dc00d6bd183f15e9e23eaa0fee9e14a8d9df960774f6e9f6337d408261e5f1ef2e76"
            + "b72b213e622d89ce0a929e1a0c49fbee0a429afb4f4405b4196d81bfd3287a0df52018e0d34f0f991964a3cac827d6a3",
            "8e7ead77c77853a8ad70429fcb591775d223ab87829bbf461c8942f3b97274a6"),
        "hash-sha512" => new(
            LongHashInputBytes,
            "dbe5ee36fcd85301303e1c3617c1ac5e23c08885d0befaad0c85a0d89f85b9f16ece3d88a24eb96504f2f13efa704962"
            + "1782f5de2c416a0d294ccfe53545c4e309c48e1e285a2b829a574b72b3c2fbe134d01e3706b486f2401b9820e17298a3"
            + "42666918e15b846287f8c5af2d96b20faf3d0bb392e15f4a06cdb0decd1b6ad7",
            "e97a34b556c06b04d55f858f696336a86efd7003e56e8400c180a29c64bf2088"),
        "hash-sha3-512" => new(
            LongHashInputBytes,
            "aab62a5563bc5edf4407c3f235ff057de7840f4b188a41105bb945acf3a4130f5a4a1621ad2f3d8609ff46b3f789fc24"
            + "736f2f3e70920ca9dbe7d1b2fbf065e9e19ac7992d1b1b7ec87600cccfa667a6ebc7c53c90bf3b0dfadb9c076eeae075"
            + "0546d8f6c14782e6d1385a4f03b56cbd13e7422468cf30aed1a4c6c565534399",
            "36f56661a59250b9a16ef2a173d13ec59da4c468cadf8ab2f2e4a96f29b2fa4c"),
        "hmac-sha256" => new(
            ShortHashInputBytes,
            "95d348b135492feceffe208f7d28fb5e7d7e564e3a11be41c6906d8b5910976c0d9d37249d83974385a05a30993c5ffd"
            + "06f8fe029a44b91c134fd964f880796c",
            "b233beb3fd0dfb80f4639677ba6db52dacf77908032029814f384b2d5beab7ab"),
        "hmac-sha384" => new(
            LongHashInputBytes,
            "5d16abdc740120d3662e9daed0abb74cd786e11b3f94d904e0f5a87d3a954e1cd014d29a4b5e9248930daafdda69aff1"
            + "4b7ef08f3461614bfd8a677a4ea08dd7eea2c2710560adbefd4770afee5d6fe69a2299289a69cd709394afaa36c6667a",
            "f5b2dd6dc2de949865f2f61cb08f85bed861faf2bd95e511209d15a5b5b3a2d9"),
        "hmac-sha512" => new(
            LongHashInputBytes,
            "7ed41b9cfdc8c25683bbb4c553cc2dc61f690e62abc9f038a16b8c519690cabebd1b5c196c57cf759bb9871be0c163a5"
            + "7315ea96f615136d064572f09f26d659d24211f9610ffcdffda8ce23ffa967357595182660877766035eed800b05364c"
            + "e324a75eb63fd9b3eed956d147480b1d0a42df8aa990bb628666f6f61d60cbe2",
            "f528528d612e70fdb2be48b83bc3520dba7368c83a7c81f68bbd9ed201347284"),
        "hmac-sha3-512" => new(
            LongHashInputBytes,
            "b19b1f8a0f355fc69742cfe7c8a2452707b5d888bd3f6ceca24a0d96e41ac2f4ead9c0b2cda2d277050723a55cae3db7"
            + "5398b781168345b9ce9716f7a07ade39035decc9ba2f6b419c84a29fa32ff85c6321b7b7c0ff2d217638b68bd9d64ad5"
            + "8574b7366f449cb79cbce68f10e2e4f6aa259099b6bca73bbb9f7aacfc877e06",
            "8a9a5ba921145d76c04a666edca4141c2e7f1ff113c8fc5ae9d180a6110142f1"),
        _ => null,
    };
}
