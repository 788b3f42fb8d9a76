// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Tests;

/// <summary>
/// Comparisons within a property. NUnit keeps the failed assertions of every attempt at a smaller counterexample and prints them
/// all; an exception is forgotten with its attempt.
/// </summary>
internal static class Agreement
{
    internal static void Check<T>(T actual, T expected, object occasion)
    {
        if (!EqualityComparer<T>.Default.Equals(actual, expected))
        {
            throw new InvalidOperationException($"{occasion}: {actual}, the model says {expected}");
        }
    }

    internal static void Check(bool holds, string rule, object occasion)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"{occasion}: {rule} does not hold");
        }
    }
}
