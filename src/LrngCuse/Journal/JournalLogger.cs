// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using Microsoft.Extensions.Logging;

namespace LrngCuse.Journal;

/// <summary>One category's logger. Which lines there are is the filter's matter.</summary>
internal sealed class JournalLogger(JournalLoggerProvider journal, string category) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        string message = formatter(state, exception);
        IEnumerable<KeyValuePair<string, object?>> values = state as IEnumerable<KeyValuePair<string, object?>> ?? [];
        if (!journal.TrySend(JournalEntry.Encode(category, logLevel, eventId.Id, message, values, exception).Span))
        {
            // sd-daemon(3): the severity in front of each line.
            Console.Error.WriteLine($"<{JournalEntry.PriorityOf(logLevel)}>{category}[{eventId.Id}] {message} {exception?.Message}".ReplaceLineEndings(" "));
        }
    }
}
