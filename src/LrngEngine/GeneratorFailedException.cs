// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Security.Cryptography;

namespace LrngEngine;

/// <summary>A self-test failed, or a health test for good (<see cref="PermanentFailurePolicy.Stop"/>): the generator is in the error state (SP 800-90A 11.3.6) and gives nothing any more. Only another
/// generator, in a process that passes, leads out of it.</summary>
public sealed class GeneratorFailedException : CryptographicException
{
    internal GeneratorFailedException(string reason)
        : base($"the generator is in the error state: {reason}")
    {
    }
}
