// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse;

/// <summary>The daemon or a tool cannot do what was asked, for a reason that the user can act on.</summary>
internal sealed class CommandException : Exception
{
    private readonly IReadOnlyList<CommandException>? _mistakes;

    /// <param name="message">What is wrong and where: lower case, no full stop.</param>
    /// <param name="hint">What to do about it.</param>
    /// <param name="exitCode">Exit status of the program.</param>
    internal CommandException(string message, string hint, int exitCode = ExitCodes.Failed)
        : base(message)
    {
        Hint = hint;
        ExitCode = exitCode;
    }

    /// <summary>Several mistakes that were found together; the first one stands for them.</summary>
    internal CommandException(IReadOnlyList<CommandException> mistakes)
        : this(mistakes[0].Message, mistakes[0].Hint, mistakes[0].ExitCode) => _mistakes = mistakes;

    internal string Hint { get; }

    internal int ExitCode { get; }

    /// <summary>All that is wrong: this, unless there is more.</summary>
    internal IReadOnlyList<CommandException> Mistakes => _mistakes ?? [this];
}
