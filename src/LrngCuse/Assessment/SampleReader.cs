// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Buffers.Binary;
using System.Globalization;

namespace LrngCuse.Assessment;

/// <summary>Samples from a file, one byte each.</summary>
internal static class SampleReader
{
    /// <summary>A bound for the memory of the estimators; the standard asks for a million samples.</summary>
    internal const int MaximumSamples = 1 << 24;

    /// <exception cref="CommandException">The file cannot be read, is empty, too long or not of the format.</exception>
    internal static byte[] Read(string path, SampleFormat format, SampleMask mask)
    {
        try
        {
            byte[] samples = format == SampleFormat.Text ? ReadText(path, mask) : ReadNumbers(path, format, mask);
            return samples.Length > 0
                ? samples
                : throw new CommandException($"{path} is empty", "a file of samples is needed, for instance: lrng raw jitter > FILE");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CommandException($"cannot read '{path}': {Reason(path, error)}", "name a file of samples that you may read");
        }
    }

    private static string Reason(string path, Exception error) => error switch
    {
        _ when Directory.Exists(path) => "it is a directory",
        FileNotFoundException or DirectoryNotFoundException => "no such file",
        IOException or UnauthorizedAccessException => error.Message,
        _ => "not a file name",
    };

    private static byte[] ReadNumbers(string path, SampleFormat format, SampleMask mask)
    {
        int size = format switch { SampleFormat.U32 => sizeof(uint), SampleFormat.U64 => sizeof(ulong), _ => 1 };
        using FileStream file = File.OpenRead(path);
        using var samples = new MemoryStream();
        byte[] buffer = new byte[1 << 16];
        int read;
        while ((read = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)) > 0)
        {
            if (read % size != 0)
            {
                throw new CommandException($"{path} ends within a sample of {size} bytes", "is --format right?");
            }

            for (int i = 0; i < read; i += size)
            {
                samples.WriteByte(mask.Extract(Number(buffer.AsSpan(i, size))));
            }

            CheckLength(path, samples.Length);
        }

        return samples.ToArray();
    }

    private static ulong Number(ReadOnlySpan<byte> data) => data.Length switch
    {
        sizeof(uint) => BinaryPrimitives.ReadUInt32LittleEndian(data),
        sizeof(ulong) => BinaryPrimitives.ReadUInt64LittleEndian(data),
        _ => data[0],
    };

    private static byte[] ReadText(string path, SampleMask mask)
    {
        using var reader = new StreamReader(path);
        using var samples = new MemoryStream();
        for (int line = 1; reader.ReadLine() is { } text; line++)
        {
            foreach (string word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            {
                if (!TryParse(word, out ulong number))
                {
                    string shown = word.Length > 40 ? word[..40] + "..." : word;
                    throw new CommandException(
                        $"{path}:{line}: '{shown}' is not a number", "decimal numbers are expected, or hexadecimal ones after 0x");
                }

                samples.WriteByte(mask.Extract(number));
            }

            CheckLength(path, samples.Length);
        }

        return samples.ToArray();
    }

    private static bool TryParse(string word, out ulong number) => word.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
        ? ulong.TryParse(word.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number)
        : ulong.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static void CheckLength(string path, long samples)
    {
        if (samples > MaximumSamples)
        {
            throw new CommandException(
                $"{path} has more than {MaximumSamples} samples", "assess a part of it; the standard asks for 1000000");
        }
    }
}
