// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse;

/// <summary>Exit statuses of every command.</summary>
internal static class ExitCodes
{
    internal const int Success = 0;
    internal const int Failed = 1;
    internal const int Usage = 2;
    internal const int NotRunning = 3;
    internal const int NotSeeded = 4;
    internal const int SelfTestFailed = 5;

    /// <summary>EX_CONFIG of sysexits.h.</summary>
    internal const int Configuration = 78;
}
