// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using Tmds.Linux;

namespace LrngCuse.Commands;

/// <summary>One line on stderr that changes as work is done, if stderr is a terminal; removed at the end.</summary>
internal sealed class ProgressLine : IDisposable
{
    private const int Descriptor = 2;
    private const string EraseLine = "\r\u001b[K";

    private readonly Lock _lock = new();

    // Guarded by _lock: a timer may be late with its last text.
    private bool _shown = LibC.isatty(Descriptor) == 1;

    internal void Show(int done, int total, string name) => Show($"{done} of {total} estimates: {name}");

    internal void Show(string text)
    {
        lock (_lock)
        {
            if (_shown)
            {
                Console.Error.Write(EraseLine + text);
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_shown)
            {
                Console.Error.Write(EraseLine);
                _shown = false;
            }
        }
    }
}
