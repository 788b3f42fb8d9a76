// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngBench;

/// <summary>What a DRNG is measured against: the same work by OpenSSL.</summary>
internal interface IReference : IDisposable
{
    /// <summary>Serves one request.</summary>
    void Generate(Span<byte> output);
}
