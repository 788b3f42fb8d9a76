// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;

namespace LrngCuse.Hosting;

/// <summary>The variable LRNG_CPU, which keeps every kernel to a width.</summary>
internal static class KernelChoice
{
    private const string Variable = "LRNG_CPU";

    /// <summary>Tells the engine. What is not accepted is left to <see cref="Cipher"/>: only a daemon complains.</summary>
    internal static void Apply()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { } wanted && KernelLimit.Names.Contains(wanted))
        {
            AppContext.SetData(KernelLimit.PropertyName, wanted);
        }
    }

    /// <summary>The kernel of ChaCha20, which has every width.</summary>
    /// <exception cref="CommandException">The variable names nothing that this CPU runs.</exception>
    internal static ChaCha20Kernel Cipher()
    {
        string? wanted = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(wanted))
        {
            return ChaCha20Kernels.Best;
        }

        return ChaCha20Kernels.TryFind(wanted, out ChaCha20Kernel? kernel)
            ? kernel
            : throw new CommandException(
                $"{Variable}: '{wanted}' is not accepted on this CPU",
                $"accepted: {string.Join(", ", ChaCha20Kernels.All.Select(known => known.Name))}",
                ExitCodes.Configuration);
    }
}
