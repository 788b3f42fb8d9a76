// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LrngEngine.Crypto;

/// <summary>AES-NI.</summary>
internal readonly struct AesNiInstructions : IAesInstructions
{
    public static string Name => "aesni";

    public static bool IsSupported => Aes.IsSupported && Ssse3.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Round(Vector128<byte> state, Vector128<byte> roundKey) => Aes.Encrypt(state, roundKey);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> LastRound(Vector128<byte> state, Vector128<byte> roundKey) => Aes.EncryptLast(state, roundKey);
}
