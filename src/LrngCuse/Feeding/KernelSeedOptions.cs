// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Sources;

namespace LrngCuse.Feeding;

/// <summary>What <see cref="KernelSeeder"/> gives to the kernel.</summary>
/// <param name="Bytes">Bytes each time.</param>
/// <param name="PredictionResistant">Whether every byte comes from entropy that was collected for it.</param>
/// <param name="BitsPer256">Credited bits for every 256 data bits.</param>
internal sealed record KernelSeedOptions(int Bytes, bool PredictionResistant, int BitsPer256)
{
    internal const int LeastBytes = 32;
    internal const int MostBytes = 64;

    /// <summary>Full entropy is only in what is prediction resistant: any other output of the daemon rests on seeds from which others
    /// got output as well.</summary>
    internal static int DefaultCredit(bool predictionResistant) => predictionResistant ? EntropyMath.RateUnitBits : 0;

    /// <summary>Credit for all bytes.</summary>
    internal int CreditedBits => EntropyMath.FastLevel(BitsPer256, 8 * Bytes);
}
