// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Diagnostics;

namespace LrngBench;

/// <summary>A DRNG and its reference at one size of request, in turns.</summary>
internal sealed class Measurement
{
    private readonly Action<byte[]> _drng;
    private readonly Action<byte[]>? _reference;
    private readonly byte[] _output;
    private readonly List<double> _drngRates = [];
    private readonly List<double> _referenceRates = [];
    private readonly List<double> _ratios = [];
    private long _requests;
    private long _allocatedBytes;

    /// <param name="name">Name of the DRNG.</param>
    /// <param name="kernel">Which code computes it.</param>
    /// <param name="requestBytes">Bytes of each request.</param>
    /// <param name="drng">Serves a request.</param>
    /// <param name="reference">Serves a request; null if there is none.</param>
    internal Measurement(string name, string kernel, int requestBytes, Action<byte[]> drng, Action<byte[]>? reference)
    {
        Name = name;
        Kernel = kernel;
        _output = new byte[requestBytes];
        _drng = drng;
        _reference = reference;
    }

    internal string Name { get; }

    internal string Kernel { get; }

    internal int RequestBytes => _output.Length;

    /// <summary>Median, in bytes a second.</summary>
    internal double Rate => Median(_drngRates);

    /// <summary>Median, in bytes a second; null without a reference.</summary>
    internal double? ReferenceRate => _reference is null ? null : Median(_referenceRates);

    /// <summary>Median of the ratios of the rounds; null without a reference.</summary>
    internal double? Ratio => _reference is null ? null : Median(_ratios);

    /// <summary>Bytes of the GC heap that a request takes.</summary>
    internal double AllocatedBytes => (double)_allocatedBytes / _requests;

    /// <summary>Measures both once.</summary>
    internal void Round(TimeSpan time)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        (double rate, long requests) = Measure(_drng, time);
        _allocatedBytes += GC.GetAllocatedBytesForCurrentThread() - before;
        _requests += requests;
        _drngRates.Add(rate);
        if (_reference is not null)
        {
            _referenceRates.Add(Measure(_reference, time).Rate);
            _ratios.Add(rate / _referenceRates[^1]);
        }
    }

    // The clock is read once in as many requests as take at most about a twentieth of the time.
    private (double Rate, long Requests) Measure(Action<byte[]> serve, TimeSpan time)
    {
        long began = Stopwatch.GetTimestamp();
        serve(_output);
        long once = Math.Max(1, Stopwatch.GetTimestamp() - began);
        long wanted = time.Ticks * Stopwatch.Frequency / TimeSpan.TicksPerSecond;
        long batch = Math.Max(1, wanted / 20 / once);
        long requests = 0;
        long elapsed;
        began = Stopwatch.GetTimestamp();
        do
        {
            for (long i = 0; i < batch; i++)
            {
                serve(_output);
            }

            requests += batch;
            elapsed = Stopwatch.GetTimestamp() - began;
        }
        while (elapsed < wanted);
        return ((double)requests * _output.Length * Stopwatch.Frequency / elapsed, requests);
    }

    private static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
