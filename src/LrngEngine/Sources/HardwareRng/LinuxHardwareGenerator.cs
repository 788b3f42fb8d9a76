// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Tmds.Linux;

namespace LrngEngine.Sources.HardwareRng;

/// <summary>/dev/hwrng and what sysfs says of it.</summary>
/// <param name="path">The device; anything that is not the kernel's hardware generator is refused.</param>
/// <param name="sysfs">/sys/class/misc/hw_random.</param>
internal sealed unsafe class LinuxHardwareGenerator(string path, string sysfs = LinuxHardwareGenerator.Sysfs) : HardwareGenerator
{
    internal const string Sysfs = "/sys/class/misc/hw_random";

    // MISC_MAJOR and HWRNG_MINOR of linux/major.h and linux/miscdevice.h.
    private const ulong Major = 10;
    private const ulong Minor = 183;

    private const uint TypeMask = 0xf000;
    private const uint CharacterDevice = 0x2000;

    // What sysfs prints where no generator is selected.
    private const string NoGenerator = "none";

    private int _file = -1;

    /// <inheritdoc/>
    public override string? Open()
    {
        if (_file >= 0)
        {
            return null;
        }

        fixed (byte* name = Encoding.UTF8.GetBytes(path + '\0'))
        {
            // Looked at before it is opened: a mistaken path may be this daemon's own device, which it must never open.
            stat status;
            if (LibC.stat(name, &status) != 0)
            {
                return Complaint(LibC.errno);
            }

            if (((uint)status.st_mode & TypeMask) != CharacterDevice || NumberOf(status.st_rdev) != (Major, Minor))
            {
                return $"{path} is not the kernel's hardware generator, character device {Major}:{Minor}";
            }

            _file = LibC.open(name, LibC.O_RDONLY | LibC.O_CLOEXEC | LibC.O_NOCTTY);
            return _file >= 0 ? null : Complaint(LibC.errno);
        }
    }

    /// <inheritdoc/>
    public override HardwareIdentity Identify()
    {
        string? name = Attribute("rng_current");
        bool known = int.TryParse(Attribute("rng_quality"), NumberStyles.None, CultureInfo.InvariantCulture, out int quality);
        return new HardwareIdentity(name == NoGenerator ? null : name, known ? quality : null);
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> output)
    {
        fixed (byte* start = output)
        {
            while (true)
            {
                long read = (long)LibC.read(_file, start, (size_t)output.Length);
                if (read >= 0 || LibC.errno != LibC.EINTR)
                {
                    return read >= 0 ? (int)read : -LibC.errno;
                }
            }
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (_file >= 0)
        {
            _ = LibC.close(_file);
            _file = -1;
        }
    }

    // gnu_dev_major and gnu_dev_minor of glibc.
    private static (ulong Major, ulong Minor) NumberOf(dev_t device)
    {
        ulong number = (ulong)device;
        return (((number >> 8) & 0xfff) | ((number >> 32) & ~0xfffUL), (number & 0xff) | ((number >> 12) & ~0xffUL));
    }

    private string Complaint(int errno) => $"cannot open {path}: {Marshal.GetPInvokeErrorMessage(errno)}";

    private string? Attribute(string name)
    {
        try
        {
            return File.ReadAllText(Path.Combine(sysfs, name)).Trim();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What cannot be read is unknown, and so is the quality then.
            return null;
        }
    }
}
