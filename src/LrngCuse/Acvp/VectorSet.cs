// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Acvp;

/// <summary>A vector set of ACVP, checked: every test of its groups can be answered.</summary>
/// <param name="ProtocolVersion">What the protocol's header says; null where the set came without one.</param>
/// <param name="IdName">"vsId", or "vectorSetId" as the examples of the DRBG draft have it.</param>
/// <param name="Id">The number of the set.</param>
/// <param name="Algorithm">As the prompt names it.</param>
/// <param name="Revision">The revision of the tests; null if the prompt has none.</param>
/// <param name="IsSample">As in the prompt; null if it says nothing.</param>
/// <param name="Groups">Every group, those that are not offered among them.</param>
internal sealed record VectorSet(
    string? ProtocolVersion,
    string IdName,
    long Id,
    string Algorithm,
    string? Revision,
    bool? IsSample,
    IReadOnlyList<VectorGroup> Groups);
