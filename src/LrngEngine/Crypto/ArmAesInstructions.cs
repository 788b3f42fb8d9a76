// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace LrngEngine.Crypto;

/// <summary>The AES instructions of Armv8. AESE adds the round key before SubBytes, so a zero goes in and the key is added
/// afterwards.</summary>
internal readonly struct ArmAesInstructions : IAesInstructions
{
    public static string Name => "armv8";

    public static bool IsSupported => Aes.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Round(Vector128<byte> state, Vector128<byte> roundKey) =>
        Aes.MixColumns(Aes.Encrypt(state, Vector128<byte>.Zero)) ^ roundKey;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> LastRound(Vector128<byte> state, Vector128<byte> roundKey) =>
        Aes.Encrypt(state, Vector128<byte>.Zero) ^ roundKey;
}
