// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Text.Json;
using LrngEngine.Crypto;
using LrngEngine.Memory;

namespace LrngCuse.Acvp;

/// <summary>A test of a DRBG: an instantiation and calls, of which the last request is answered.</summary>
internal sealed class DrbgTest(
    int id, DrbgGroup group, byte[] entropyInput, byte[] nonce, byte[] personalization, IReadOnlyList<DrbgStep> steps) : VectorTest(id)
{
    private protected override void AnswerCore(Utf8JsonWriter response, SecretArena arena, Func<bool> stop)
    {
        using Drbg drbg = group.Create(arena);
        drbg.Instantiate(entropyInput, nonce, personalization);
        byte[] output = new byte[(group.OutputBits + 7) / 8];
        foreach (DrbgStep step in steps)
        {
            Continue(stop);
            bool reseeds = step.EntropyInput.Length > 0;
            if (reseeds)
            {
                drbg.Reseed(step.EntropyInput, step.AdditionalInput);
            }

            // Prediction resistance spends the additional input on the reseed (SP 800-90A, 9.3.1, step 7.4).
            if (step.Generates)
            {
                drbg.Generate(output, reseeds ? [] : step.AdditionalInput);
            }
        }

        // The leftmost bits of what was generated; what is left of the last byte is not asked for.
        if (group.OutputBits % 8 != 0)
        {
            output[^1] &= (byte)~(0xff >> (group.OutputBits % 8));
        }

        response.WriteString("returnedBits", Convert.ToHexString(output));
    }
}
