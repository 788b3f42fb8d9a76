// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Interop;
using LrngEngine.Recording;
using LrngEngine.Sources;

namespace LrngCuse.Transports.Mount;

/// <summary>A file whose reader gets what a source records, as LRNG's under /sys/kernel/debug/lrng_testing.</summary>
internal sealed class RecordingFile(string name, TimerSource source, RawNoiseRecorder recorder)
    : MountNode(name, Linux.S_IFREG | 0b100_000_000)
{
    internal TimerSource Source { get; } = source;

    internal RawNoiseRecorder Recorder { get; } = recorder;
}
