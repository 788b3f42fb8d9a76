// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse;

/// <summary>The daemon or a tool cannot do what was asked, for a reason that the user can act on.</summary>
/// <param name="message">What is wrong and where: lower case, no full stop.</param>
/// <param name="hint">What to do about it.</param>
/// <param name="exitCode">Exit status of the program.</param>
internal sealed class CommandException(string message, string hint, int exitCode = ExitCodes.Failed) : Exception(message)
{
    internal string Hint { get; } = hint;

    internal int ExitCode { get; } = exitCode;
}
