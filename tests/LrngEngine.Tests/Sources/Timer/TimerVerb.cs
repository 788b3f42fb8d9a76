// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Tests.Sources.Timer;

/// <summary>Kinds of <see cref="TimerOperation"/>.</summary>
internal enum TimerVerb
{
    Good,
    Stuck,
    Pull,
    Discard,
}
