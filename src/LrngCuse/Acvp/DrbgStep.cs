// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Acvp;

/// <summary>A call after the instantiation.</summary>
/// <param name="Generates">Whether output is asked for.</param>
/// <param name="EntropyInput">For a reseed, alone or for prediction resistance; otherwise empty.</param>
/// <param name="AdditionalInput">Of the reseed if there is one, otherwise of the request.</param>
internal sealed record DrbgStep(bool Generates, byte[] EntropyInput, byte[] AdditionalInput);
