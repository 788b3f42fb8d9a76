// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Sources.Cpu;

/// <summary>
/// The CPU features that the kernel admits in /proc/cpuinfo. CPUID cannot replace it: a kernel that masks a broken RDSEED or
/// RDRAND takes it off this list only.
/// </summary>
public sealed class CpuFlags
{
    /// <summary>Where Linux lists them.</summary>
    public const string CpuInfoPath = "/proc/cpuinfo";

    // Names of the line: x86 and arm64.
    private static readonly string[] s_lineNames = ["flags", "Features"];

    private readonly HashSet<string> _flags;

    private CpuFlags(HashSet<string> flags) => _flags = flags;

    /// <summary>RDSEED is usable on every CPU.</summary>
    public bool HasRdseed => Has("rdseed");

    /// <summary>RDRAND is usable on every CPU.</summary>
    public bool HasRdrand => Has("rdrand");

    /// <summary>RNDR and RNDRRS are usable on every CPU (arm64).</summary>
    public bool HasArmRandom => Has("rng");

    /// <summary>Whether all CPUs have a flag, by the kernel's name for it.</summary>
    public bool Has(string flag) => _flags.Contains(flag);

    /// <summary>Reads the flags of this machine; none if the file cannot be read.</summary>
    public static CpuFlags Read(string path = CpuInfoPath)
    {
        try
        {
            using StreamReader reader = File.OpenText(path);
            return Parse(reader);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new CpuFlags([]);
        }
    }

    /// <summary>Parses the text of /proc/cpuinfo: what every CPU listed there has.</summary>
    public static CpuFlags Parse(TextReader text)
    {
        ArgumentNullException.ThrowIfNull(text);
        HashSet<string>? common = null;
        while (text.ReadLine() is { } line)
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0 || !s_lineNames.Contains(line[..colon].Trim(), StringComparer.Ordinal))
            {
                continue;
            }

            string[] flags = line[(colon + 1)..].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (common is null)
            {
                common = new HashSet<string>(flags, StringComparer.Ordinal);
            }
            else
            {
                common.IntersectWith(flags);
            }
        }

        return new CpuFlags(common ?? []);
    }
}
