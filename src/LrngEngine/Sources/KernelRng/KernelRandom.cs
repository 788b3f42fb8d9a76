// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Sources.KernelRng;

/// <summary>The kernel's random number generator as a system call.</summary>
public abstract class KernelRandom
{
    /// <summary>getrandom(2): one call, no retry.</summary>
    /// <param name="output">Where the data goes.</param>
    /// <param name="flags">Behaviour.</param>
    /// <returns>Bytes written, possibly fewer than asked for, or a negative errno.</returns>
    public abstract int GetRandom(Span<byte> output, KernelRandomFlags flags);

    /// <summary>Fills all of <paramref name="output"/>: repeats interrupted and short calls.</summary>
    /// <returns>0, or the negative errno that ended it; then nothing of the output may be relied on.</returns>
    public int Fill(Span<byte> output, KernelRandomFlags flags)
    {
        while (!output.IsEmpty)
        {
            int result = GetRandom(output, flags);
            if (result == -Tmds.Linux.LibC.EINTR)
            {
                continue;
            }

            if (result <= 0)
            {
                // A call that writes nothing and does not fail would repeat for ever.
                return result == 0 ? -Tmds.Linux.LibC.EIO : result;
            }

            output = output[result..];
        }

        return 0;
    }
}
