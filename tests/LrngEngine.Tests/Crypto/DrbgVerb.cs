// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Tests.Crypto;

/// <summary>The functions of SP 800-90A, 9.</summary>
internal enum DrbgVerb
{
    Instantiate,
    Reseed,
    Generate,
}
