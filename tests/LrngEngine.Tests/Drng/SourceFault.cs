// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Tests.Drng;

/// <summary>A way for a source to fail while it is pulled.</summary>
/// <param name="Name">What it does.</param>
/// <param name="Report">What it says of the bits that it took.</param>
/// <param name="CreditedBits">What 100 bits taken are credited then.</param>
internal sealed record SourceFault(string Name, Func<int, int> Report, int CreditedBits)
{
    public static IEnumerable<SourceFault> All =>
    [
        new("throws", _ => throw new InvalidOperationException("broken"), 0),
        new("gives half", bits => bits / 2, 50),
        new("gives nothing", _ => 0, 0),
        new("claims more than was asked for", _ => int.MaxValue, 256),
        new("claims less than nothing", _ => int.MinValue, 0),
    ];

    public override string ToString() => Name;
}
