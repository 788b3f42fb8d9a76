// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Memory;

namespace LrngEngine.SelfTests;

/// <summary>Computes what a known-answer test compares.</summary>
/// <param name="arena">Memory for the part under test; nothing in it is secret.</param>
/// <param name="input">The test's input, or that with a bit changed.</param>
/// <param name="answer">Where the answer goes.</param>
internal delegate void SelfTestComputation(SecretArena arena, ReadOnlySpan<byte> input, Span<byte> answer);
