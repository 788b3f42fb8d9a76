// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
//
// RecordCost: nanoseconds that the daemon takes for a record of a context switch, from the ring buffer to the source's array and pool,
// without system calls. The buffer is as large as the daemon's, filled as the kernel fills it, and read in the same pieces.

using System.Diagnostics;
using System.Runtime.InteropServices;
using LrngCuse.Interop;
using LrngCuse.Sampling;
using LrngEngine.Memory;
using LrngEngine.Sources;
using LrngEngine.Sources.Scheduler;
using LrngEngine.Timing;

const int RecordBytes = 32;
const int Rounds = 60;
const int PassesARound = 400;

uint dataBytes = PerfAttributes.DataBytes(TimerEvent.Switch);
var samples = new PerfSample[256];
var records = new PerfRecord[256];
uint ownProcess = (uint)Environment.ProcessId;
ulong state = 1;
ulong time = 0;

using var arena = new SecretArena(TimerSource.ArenaBytes + GreatestCommonDivisor.ArenaBytes);
using var source = new SchedulerSource(arena, new GreatestCommonDivisor(arena));
var feed = new SourceFeed(source);
var costs = new List<double>();
unsafe
{
    var page = (Perf.perf_event_mmap_page*)NativeMemory.AllocZeroed((nuint)sizeof(Perf.perf_event_mmap_page));
    byte* data = (byte*)NativeMemory.AllocZeroed(dataBytes);
    var layout = new SampleLayout(PerfAttributes.SampleType(TimerEvent.Switch), SampleLayout.Absent);
    var ring = new PerfRing(page, data, dataBytes, layout, new RingTally());
    for (int round = 0; round < Rounds; round++)
    {
        long ticks = 0;
        long taken = 0;
        for (int pass = 0; pass < PassesARound; pass++)
        {
            Fill(page, data);
            long began = Stopwatch.GetTimestamp();
            taken += Drain(ring);
            ticks += Stopwatch.GetTimestamp() - began;
        }

        costs.Add(ticks * 1e9 / Stopwatch.Frequency / taken);
    }

    NativeMemory.Free(data);
    NativeMemory.Free(page);
}

costs.Sort();
Console.WriteLine($"{costs[Rounds / 2]:F1}");
return source.Status.State == SourceState.Running ? 0 : 1;

// struct perf_event_header, then TID, TIME and CPU; stamps that a health test has nothing against.
unsafe void Fill(Perf.perf_event_mmap_page* page, byte* data)
{
    for (ulong at = 0; at < dataBytes; at += RecordBytes)
    {
        state = (state * 6364136223846793005) + 1442695040888963407;
        time += 1000 + (state >> 52);
        ulong* words = (ulong*)(data + ((page->data_head + at) & (dataBytes - 1)));
        words[0] = Perf.PERF_RECORD_SAMPLE | ((ulong)RecordBytes << 48);
        words[1] = 1 | (state >> 40 << 32);
        words[2] = time;
        words[3] = 0;
    }

    page->data_head += dataBytes;
}

// As EventGroup drains a ring.
int Drain(PerfRing ring)
{
    int all = 0;
    int count;
    do
    {
        count = ring.Read(samples);
        int kept = 0;
        foreach (PerfSample sample in samples.AsSpan(0, count))
        {
            if (sample.ProcessId != ownProcess)
            {
                records[kept++] = new PerfRecord(sample.TimeNanoseconds, sample.ThreadId);
            }
        }

        feed.Record(0, records.AsSpan(0, kept), creditable: true);
        all += kept;
    }
    while (count == samples.Length);
    return all;
}
