// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;
using LrngEngine.Sources;

namespace LrngCuse.Transports.Mount;

/// <summary>LRNG's test interfaces (reference 10), as far as there is what they show outside the kernel.</summary>
internal static class TestingDirectory
{
    internal const string Name = "testing";

    /// <param name="interrupts">Null if the source is switched off: its files are missing.</param>
    /// <param name="scheduler">The same.</param>
    /// <param name="hash">The conditioning hash in force.</param>
    internal static MountDirectory Create(TimerSource? interrupts, TimerSource? scheduler, Func<ConditioningHashFactory> hash)
    {
        var files = new List<MountNode> { new HashFile("acvt_hash", hash) };
        if (interrupts is not null)
        {
            files.Add(new RecordingFile("lrng_raw_hires", interrupts, interrupts.Recorder));
            files.Add(new RecordingFile("lrng_raw_irq", interrupts, interrupts.OtherRecorder));
            files.Add(new RecordingFile("lrng_raw_array", interrupts, interrupts.ArrayRecorder));
            files.Add(new RecordingFile("lrng_irq_perf", interrupts, interrupts.CostRecorder));
        }

        if (scheduler is not null)
        {
            files.Add(new RecordingFile("lrng_raw_sched_hires", scheduler, scheduler.Recorder));
            files.Add(new RecordingFile("lrng_raw_sched_pid", scheduler, scheduler.OtherRecorder));
            files.Add(new RecordingFile("lrng_sched_perf", scheduler, scheduler.CostRecorder));
        }

        return new MountDirectory(Name, MountDirectory.OwnerOnly, files);
    }
}
