// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Crypto;

/// <summary>
/// The widest vectors that kernels use, for tests and comparisons: the property <see cref="PropertyName"/> of the application context,
/// set before the engine is used (in a program's file: <c>RuntimeHostConfigurationOption</c>). Read once: kernels do not change while
/// the program runs.
/// </summary>
public static class KernelLimit
{
    /// <summary>Name of the property.</summary>
    public const string PropertyName = "LrngEngine.Crypto.Kernels";

    /// <summary>What the property may be, the narrowest first.</summary>
    public static IReadOnlyList<string> Names { get; } = Array.AsReadOnly(["portable", "v128", "v256", "v512"]);

    /// <exception cref="InvalidOperationException">The property is none of <see cref="Names"/>.</exception>
    internal static int VectorBits => Parse(Chosen.Name);

    internal static int Parse(string? name) => name switch
    {
        null or "v512" => 512,
        "v256" => 256,
        "v128" => 128,
        "portable" => 0,
        _ => throw new InvalidOperationException($"{PropertyName} = '{name}': accepted are {string.Join(", ", Names)}"),
    };

    // A type of its own, so that looking at the names does not read the property.
    private static class Chosen
    {
        internal static readonly string? Name = AppContext.GetData(PropertyName) as string;
    }
}
