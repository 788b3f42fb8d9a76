// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Assessment;

namespace LrngCuse.Recording;

/// <summary>The matrix of SP 800-90B 3.1.4.1, a row for each restart.</summary>
internal static class RestartMatrix
{
    /// <summary>Fills the buffer row by row.</summary>
    /// <param name="shape">Restarts and samples after each.</param>
    /// <param name="samples">With room for all.</param>
    /// <param name="start">Starts the collector and gives the first samples.</param>
    /// <param name="interrupted">Asked before each start and after a failed one; true ends the recording with whole rows.</param>
    /// <exception cref="CommandException">A start failed: names it.</exception>
    internal static void Record(RestartShape shape, SampleBuffer samples, Func<int, ulong[]> start, Func<bool> interrupted)
    {
        for (int row = 1; row <= shape.Rows && !interrupted(); row++)
        {
            try
            {
                samples.Add(start(shape.Columns));
            }
            catch (CommandException error)
            {
                if (interrupted())
                {
                    return;
                }

                throw new CommandException(
                    $"restart {row} of {shape.Rows} failed: {error.Message}", "all have to succeed: lrng raw without --restart-matrix shows one");
            }
        }
    }
}
