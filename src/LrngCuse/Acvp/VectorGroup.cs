// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Acvp;

/// <summary>A group of tests that have their parameters in common.</summary>
/// <param name="Id">Its number in the set.</param>
/// <param name="Tests">In the order of the prompt; none if the group is not offered.</param>
/// <param name="Refusal">Why the group is not answered: what is not offered, and what is. Null for a group that is.</param>
internal sealed record VectorGroup(int Id, IReadOnlyList<VectorTest> Tests, string? Refusal);
