// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngBench;

/// <summary>What is disposed in the end.</summary>
internal sealed class Resources : IDisposable
{
    private readonly List<IDisposable> _held = [];

    internal void Add(IDisposable? resource)
    {
        if (resource is not null)
        {
            _held.Add(resource);
        }
    }

    public void Dispose()
    {
        _held.ForEach(resource => resource.Dispose());
        _held.Clear();
    }
}
