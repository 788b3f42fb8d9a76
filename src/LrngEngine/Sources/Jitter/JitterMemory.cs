// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace LrngEngine.Sources.Jitter;

/// <summary>
/// The memory that the memory-access loop walks: larger than the L2 cache, so that accesses wait for what lies behind it.
/// Its content counts visits and is not secret, so it is neither locked nor wiped.
/// </summary>
internal sealed unsafe class JitterMemory : IDisposable
{
    /// <summary>Size in bytes when the caches are unknown.</summary>
    public const int DefaultBytes = 2 * 1024 * 1024;

    /// <summary>Largest size in bytes: a daemon must not take more resident memory than this for its noise.</summary>
    public const int MaxBytes = 8 * 1024 * 1024;

    /// <summary>Where Linux describes the caches of the first CPU.</summary>
    public const string CacheDirectory = "/sys/devices/system/cpu/cpu0/cache";

    /// <summary>Smallest size in bytes.</summary>
    public const int MinBytes = 64 * 1024;

    /// <summary>Allocates and touches the memory.</summary>
    /// <param name="bytes">A power of two, 64 KiB..8 MiB.</param>
    public JitterMemory(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, MinBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, MaxBytes);
        if (!int.IsPow2(bytes))
        {
            throw new ArgumentException("the size must be a power of two", nameof(bytes));
        }

        Bytes = bytes;
        Address = (byte*)NativeMemory.AlignedAlloc((nuint)bytes, 4096);

        // Page faults now, not in the first measurements.
        NativeMemory.Clear(Address, (nuint)bytes);
    }

    /// <summary>Size in bytes, a power of two.</summary>
    public int Bytes { get; }

    /// <summary>The first byte; null after disposal.</summary>
    public byte* Address { get; private set; }

    /// <summary>Twice the L2 cache, rounded up to a power of two, within 64 KiB..8 MiB.</summary>
    /// <param name="cacheDirectory">Directory with index*/level, type and size as sysfs has them.</param>
    public static int SizeForCaches(string cacheDirectory = CacheDirectory)
    {
        try
        {
            foreach (string index in Directory.EnumerateDirectories(cacheDirectory, "index*"))
            {
                string type = ReadFirstLine(index, "type");
                if (ReadFirstLine(index, "level") == "2" && type is "Unified" or "Data"
                    && TryParseSize(ReadFirstLine(index, "size"), out long cacheBytes))
                {
                    return (int)Math.Clamp((long)BitOperations.RoundUpToPowerOf2(2 * (ulong)cacheBytes), MinBytes, MaxBytes);
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Containers and virtual machines hide the caches: the default is right for most.
        }

        return DefaultBytes;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.AlignedFree(Address);
        Address = null;
    }

    private static string ReadFirstLine(string directory, string file) =>
        File.ReadAllText(Path.Combine(directory, file)).Trim();

    // sysfs writes "1024K"; an M is accepted too.
    private static bool TryParseSize(string text, out long bytes)
    {
        long unit = text.Length == 0 ? 0 : text[^1] switch { 'K' => 1024, 'M' => 1024 * 1024, _ => 0 };
        bytes = 0;
        if (unit == 0 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int count))
        {
            return false;
        }

        bytes = count * unit;
        return bytes > 0;
    }
}
