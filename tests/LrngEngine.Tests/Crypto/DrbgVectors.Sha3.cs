// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Tests.Crypto;

/// <summary>The DRBGs with SHA3-512.</summary>
internal static partial class DrbgVectors
{
    // NIST, ACVP server, hashDRBG and hmacDRBG: the last test case of each.
    private static IEnumerable<DrbgVector> Sha3Examples =>
    [
        new(
            "hash-sha3-512",
            "ACVP 1.0, test case 330",
            DrbgCall.Instantiate(
                Convert.FromHexString(
                    "b9e9c31ae8fb468c00e40d5086c8236839b36af4baf97d07f6caa80eb3a30f894fbedaec17e540ccb6f6fc8a4c91de76"
                    + "9b18ba49d44a6694d5da0029c7fd83fd6e59e1653ebe81f3fc3f3f218e53e1f7f3700c36a07de3312318ab98d93c0bf6"
                    + "178add2d88d2e6a74f5bc7b77c89ad8173da66d3f39b884c8769372466d14ec3f6bcab3bd455d15a43ffd128ca6a9b5b"
                    + "3d126a280002b2c2c6b283592c2aa72184912217e5ea93dd0266d5a65e4eff0ac3644f0df2d35418d390266833d3c018"
                    + "a62f77c9755ebf8c205cfb541b8653ec1bb62dec424d51fb5b9876a577b33afebaf02cb13a1ac1f051915b44ceafb14a"
                    + "359d1c6dd17a09d2e1b1e3374f111e7ba1ca04ccd0888a3724ff674c2032ad3ecfc6b6962fdbc8bfbcfc39c451e5f0b9"
                    + "de7b767bee8010eb344b499a3ac6cf1a76351d3fcafdf71745f24ce074be836e"),
                Convert.FromHexString(
                    "311fc43e730ecefb71a71f146e5a998550fcd6c8b672fa9703227920f9113f9444dce2adc726a32b7cff3712c9aeac8d"
                    + "61c13c030d449a13cd8c6516394afba8"),
                Convert.FromHexString(
                    "9fc4a429995af265924814d8bc39d06aa839c9ee6de62e576ad6f0f045ec5c389a0981d7c3594e9e906235ec7bf7bf0f"
                    + "9e96fbe33f8155219b6882e7f982c7c73590d07b486e01a31c0970c307c9bfedbde9730cb492c86b85ca45c5fc6aa801"
                    + "253db63be57df811a3af7508eddaebe02d7f52a183ec05ebccb6f94180a45392115e9df3aaed6d108af7f9b97d94217e"
                    + "0bc6694ffdba5fc3306028528d83099c68f39d0e58f7a796cf4f5be3b0364cf40986c58940bb85af6df6ea51833c60e6"
                    + "daa9efc9892a04d150aa0b8269ccba1bb2ac8fed69e34658bd26395dc8f741dbd2c4af6a51fea098742f6d871442d5a6"
                    + "54b349c41732aa8a1441c82ac37900be")),
            DrbgCall.Reseed(
                Convert.FromHexString(
                    "eff7b656fc4b0c153d6bc39f13d0792fd3231be803b1271b518bb493ee02b6f28bfa83c5003284ad6be87e78b1e5638f"
                    + "670cee09b31ea773bcb68880f978febce37585765fe13cc22ccf06aa24e4d2da0cad0cedbe9a671171e3a63cf5b17d72"
                    + "93a35d84c06f3c74f9ada31b2f185663f37d3276ea916041f946e69c553570d0ea36c27b48c6583e23f67e1fdb615757"
                    + "7ffc72658268a8561fa54a19ad606b78cc7f7c8670d66066e3b4de93e87fe7445f94fcc0ae3c5067bc3352a82c3bf202"
                    + "8a679ec3a5b6eb7cbd21a2d2cf6589714e7754a062f5df6b42223d5b521d878586aef871f136bcb3345fb58ea8928af9"
                    + "8ea4c6b3c078b182d88ff9616a20db73af4a64595f1816142b15191478b8fb3b84a77c2e9036cfeb08578a074ae7c94d"
                    + "732e47a3ce0ea10bd356ea9063b9da63974449336d4ea1f6ed33680023e96b16"),
                Convert.FromHexString(
                    "630fd6b78f1c7542becfdc3398838118530f6893a791e6a18a585e47b532c63d14d9a4df604dde9dc20b33e9ee39e879"
                    + "04815b84eb2ea508ee36046dba384ef2b9ca6d80fc869aaf9454c14d9ad4d88fc6188003257f088159a165fafd72f284"
                    + "58cdbec6c9ae9185858004f4b0ffa9533002e0acbca6bf7791372e8e0b20309848714c44280891a6c53caae4f79ab988"
                    + "2f701a2d0b3bf6a511e7cf5a5557c23065fb8f6987d9c44a2febe7b24cd15e619283e5cd509594d8dad41dec53c092ac")),
            DrbgCall.Generate(
                512,
                Convert.FromHexString(
                    "1c90eef9d0751647d8430618163828f7999cfd8e6387af15b52a5a60568b92525f19201e9acae28112792f17ebf460fe"
                    + "610eaa29c1effb3dae88c4b3f729c1075af20c7736890543c5bf7d5fc45e9e79de52891793ed456c9057a8a00ea8418f"
                    + "d8f375896e3f50ea253d16075b8b945729d25b38b89afbcf7c7ab687742b81dcc7d8ea58b5c74c3a8a42b18ebcc1e646"
                    + "de1ccc8f840868c34c2a51ba79db2dd7cbd3c842d27373f661e041215d47face352f63a2034caf8f1abdcb29bead1acc")),
            DrbgCall.Generate(
                Convert.FromHexString(
                    "99a212ef4d2373ec06809326f30eb209ddad83d554895bf06bc49f626d166cc8723da8eccfacc8fa0a71c925ed63dbe5"
                    + "55b9f6e087f6ab428ee19c161d7e5ecfa6818acff307c3d38e0acbffcbe9d207dabce0cbe51249fd0c9bf3927f5705d5"
                    + "70950fbf6ab6a13585dcf3d0f3b7dd82741b6d2253ce64b540f585953d48af82dbbeb6a96b462348df34994ac889f292"
                    + "3130db2fd9e094273e7b058efe816a1f26bc5ae5490eb24f4b4703e8f6a33046838416a767d63e35a300b81e966f8fe2"),
                "854e5339191705ee239262152d289785ba5f6961865d69b13c3b2c41da6449b9209cdbe188fd8445b1c5febfa5bb4512"
                + "bf01242d45894ea9016ef1dbda08aa2640eb1bda3ef8ff4d88d18feeafad6f51305c8b434aac6e34f78e57d1ed0251d4"
                + "b61e31e1097a87ee396629bdca72fb806fde5e4a3df932032358bcf1f78e9a8d0fca3b3f1a2803c296a167c68537302a"
                + "38af6cc927baf2619af71e5715aa0cfdf159581657a06a8a2f43d77420110d9e8ea5e7f137deace8947f5f14b3613002"
                + "92a04ad8c8309b5c89df8d276b6ce99c37e5d93d9e99a33f6e96725dc00a66e3a6da3149ac4336a579a0e1694ae9a3b0"
                + "9c0c3c816187270950d2cba500a1e6c3a6e69b22fce2584eb4c193ddc782a7059166d9b560ed62034e9a11b7dcc4f9ab"
                + "363213460a4e4d92cfb86db5ea2acb270711b698166c8530cb81a502e6772db235d17a5c9ee0c2021217054bf8910858"
                + "e9d3a92a00fcb2b7ba696c0295513d9c2ae097cd17bb7fd4721959486dbca362db55192f1fb3961b75d9fc305f48ceb8"
                + "b4a24ff676df74ad4758aab53167e4aeaf2f3602d4a2a721c23219a9308e8a6d16643eda9221ea60b2771bf4935254c1"
                + "89763de1eed946ab5ffa7c46f6eada00436e0bb3e2be57139c859ea89f1ff63b7875d7f7b613216392c0153c77d77fa5"
                + "48e8dda20cb8e316fcd4ee2e65c1f04c56622146e755613ba5c7f90d438148e2")),
        new(
            "hmac-sha3-512",
            "ACVP 1.0, test case 330",
            DrbgCall.Instantiate(
                Convert.FromHexString(
                    "417baabfb0edb5aad957854a04837a70d1de560dbea60f8cf7041ebd2a773aafcd9d049d608976c0bdf1ce3056e3f910"
                    + "04257f1fb383b846190b4826ae739ba887dc2efe947e9650fd0a9176ec29973f2bcd30c51fc18cfb9c981cf6d974cb4e"
                    + "67bb59ee2325dd35eb9fe03f7f54df3501219b7ac10364e1ca512472b381efde4a11cbcb5f9960c647f2c984a3564dc0"
                    + "0bd077c953155f3387b98784ec2527b4238496cd15ea0679eaee8f2136ec9a51d51097db351363e0dee0b665124bb4d7"
                    + "13ff703ea823d0a3acaddcb6f53e133e1e99cfa1fc3bb494c23ff0e58db226c6a4855f4a2ab9eba5b19417eaa7251fcf"
                    + "c643183812595c734a9bf894c88237c39783dc150dda8136d2e1fa59affe2fbad3b968c476be4a809a6d24abf0be87ab"
                    + "edc7e8d7e0f3882e088ef75cd9f7e16e47e8524f2e258b805bbc08960989c5c9"),
                Convert.FromHexString(
                    "a0c23e7b6a02d93382c158bb0718830677b136bb5d10913375c9f95356a36494e1385430077f9de22a82988023efb797"
                    + "6aaf322820c9ecf4f246fa07e403b61b"),
                Convert.FromHexString(
                    "12a20f34445879beffa44017794917fe32d2516205d9c6f811a9373515585d9855e166349e4182319be2f69f2dc0bd0a"
                    + "941bf6b42750c479d7ae76c68a14a0f5436ed83654ac19288779b2ca529da6876fc14ab64ea0062e18bbe1b86a0aab4d"
                    + "ac483dd4482dccded144552e7edd35b866e0d135624d3e80432064218beb6ddda731a787560d6841f6ac038c214a4e7d"
                    + "dd6ca4d7e7527f54d093e2b06ec38bd5d17778cd5a12250ab8b887e1a10f1425d1d3e416c03e5420fe019a7b1820fa7e"
                    + "8ea59c356f2050c18364163c727d556a0efad16841197b6dade8edaad3a96fcef5fa5ff77a2320a33b26303bac0108ec"
                    + "ac6e2488efef79ed9d16588fc38ce7b4")),
            DrbgCall.Reseed(
                Convert.FromHexString(
                    "b2ad4a847ead659f3f82c73254a5a3ca41690a7890066dabe55957e6afc7e68c331bcbbba10558a5d716783ded4bb96d"
                    + "05711a774173607e69eb8ad7533db6b7c0b57e0e12a83c5be04cebf084d6966f31ab24657ea741b129de63dd6139f2c3"
                    + "06fc1484bbeb1829d7981e8325895cccc8eb104601bcb4d4393af92bd213f4ffd01179e0a35f5b42f12522327b7aec23"
                    + "0935f05639c3d580ddb8e3172d0a4ef9cb9afe11ac6502b8424a09d63c918d1c512635200cc09ace222646a6179d8cfb"
                    + "fb5ec409973d493f56fc16d492f8a6235ffbb4b9054a5790a3954ff6a559b5591e9bcee3b4ec1706e03b6b64503e6472"
                    + "1debffcdf6ab97ca4278f5af432a7ac1616712f76ac40e5fc8ab649d149a08994592201f1b16c0319238a7c34be0b145"
                    + "d87ffe59d7aa043d0b1be4b7dc2a02e93b408ff56f534160c0e9a16e01197aac"),
                Convert.FromHexString(
                    "a6b852e5092b1fe6da9f392b3e4e8ac1aaac640888a5036b179c4a865930370cedb27054bcb3633651c49b1331b4ef1f"
                    + "ce2447b7d4ca9a160c0f996d6271aa75b26be02d6e59e6f26338d323bc107ab10aacf704a6ea77cddfdeada2a5c76f24"
                    + "e75723ab65f9ccc529eda14c977af5bab13f34d29592cdd51745263a1f0fe004846b9db1cb2cf03e7e8d9673bf8e1206"
                    + "19cdb285ccf48f8509eed855384b53bf6161dbaa800f8764c501c62517d6c4ef9a5f8572cf416660151ec15290b53f45")),
            DrbgCall.Generate(
                512,
                Convert.FromHexString(
                    "1c11dcbf00b3171c551bdf80e831dd707f2a054c7dd4cb9ffddb8df33cedc88091ab9d7162d90daad00c10856710253f"
                    + "9ff76dec79a4d5ba833e980e5ee72865a046900e707c68ec167ff1528e4edd96e9ebdb655368c621b90eedcac6232ac1"
                    + "5f9ed445a60f2a7a5cc05440c68fc971095f3288a98804748b371d9bf6c4ad6bc0b7e257c0e7f51c7484ee57dc5258d7"
                    + "aae48f738feb7841f6942c9b2b9ffe4a1831921e66735698d2c17321cafa08b7d2483bf50fc69c53d548cb167fc8dde8")),
            DrbgCall.Generate(
                Convert.FromHexString(
                    "3ed351916d77a3260896ea013ea53da3042d35b588c57f3e58564e841991c5f2903502169be59c7d9eda15ad64e3d6a9"
                    + "402128ce7c55fe41eaec760af441011e444ee5144f7ec42cfcb20b8707692acf6042c51aaf0940754951946012982fa9"
                    + "611c168fb336ec063bd8d8bccb48927e4c89a224eb633a5bdd984a3b840004d46fd7cf9ae877580266b07dea651d0e93"
                    + "8d1960176d9e8031b6ff060c3953b7b9c23ddadadc2098ada010c26b94f15ae3a4838f3cbac71249b1abba8024f91329"),
                "6581a78d51713a7a2c280efded91e3c0e105828c2a1c8b2b95bc9988f6e80621bf98023c6b2acc2a45d61976809d81bd"
                + "ef792406131fa83351fb6d38301ccef872cfe197b504723701ba5ad3052bc5454e469e1a5a967bbff93cd224d045488e"
                + "6439cc44365b7293dd675b2190f4c4f1f92f328a1dda10011a7385a186f539d8bdd75dd40b3b6162efdc9dc864befa69"
                + "049f235123bdb9530f10eb3000671f16a28f1bb0926e7deb6a4e5accb03ce66ab26283fe386e39a613fa9303089a6401"
                + "405d6d468d59ef4ea87a1cddf8db18f71c97e73255c6724467d870d7ea82455343c2eaa1ef4b23543127b4bbd88bc22e"
                + "3ddd29d02275b5d8e168ff3da1446acbe0f0090fea3b8d56956d9c86b6c2362b16ed7a0daeb074dd8380b9631d7cc082"
                + "43e0f279c363c31500342ed5e8155b8fe3bba8ff266e716448a607355da5552c58a51a2a5b28ea648d7626e1212f9655"
                + "4cdf76c1a95eb7cf46eebda0cca4dc26d178387fed6f5436f33bf43044b35aa2a382e88900c875eea2e992129143c1e3"
                + "118eee5f5425238f3ee6ba5e3c00ac99a98fcd24eefa386449c6762d073e6aed94b2d2654e034d257d89af735de4357e"
                + "1e4bff89c36884e5938f0846efe311ca352cf4fea295a242ada31b1406be24cf8aa6cec97e758136a9c9538e5f3d17d5"
                + "c34d7c3d1fb1461fe4aa0d73438ae575df45539681276313ab42ac0d4b8a22ed")),
    ];
}
