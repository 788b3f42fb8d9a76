// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.InteropServices;
using System.Text;
using LrngCuse.Interop;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LrngCuse.Sampling;

/// <summary>
/// The kernel's description of its tracepoints. Where tracefs is not mounted, a detached mount of it is made that nobody else sees and
/// that closing removes.
/// </summary>
internal sealed unsafe class Tracefs : IDisposable
{
    // A format file is 1 to 3 KiB.
    private const int MaximumFileBytes = 64 * 1024;

    private static readonly string[] s_directories = ["/sys/kernel/tracing", "/sys/kernel/debug/tracing"];

    private readonly SafeFileHandle _root;

    private Tracefs(SafeFileHandle root) => _root = root;

    /// <summary>Opens the first that has events; null with a reason if there is none.</summary>
    internal static Tracefs? Open(out string reason)
    {
        reason = "";
        foreach (string directory in s_directories)
        {
            if (Directory.Exists(Path.Combine(directory, "events")) && OpenDirectory(directory) is { } root)
            {
                return new Tracefs(root);
            }
        }

        int result = DetachedMount.Open("tracefs");
        if (result >= 0)
        {
            return new Tracefs(new SafeFileHandle(result, ownsHandle: true));
        }

        reason = -result switch
        {
            Linux.ENODEV => "this kernel has no tracepoints",
            Linux.EPERM or Linux.EACCES => "tracefs is not readable here, and mounting it takes CAP_SYS_ADMIN",
            int error => $"tracefs is not mounted and cannot be mounted: {Marshal.GetPInvokeErrorMessage(error)}",
        };
        return null;
    }

    /// <summary>Finds the tracepoint of an event; null with a reason if this kernel does not have it as it should be.</summary>
    /// <param name="timerEvent">The event.</param>
    /// <param name="vector">Which of the CPUs' own interrupts; null for the other events.</param>
    /// <param name="reason">Why there is none.</param>
    internal Tracepoint? Find(TimerEvent timerEvent, string? vector, out string reason)
    {
        (string path, string? field) = timerEvent switch
        {
            TimerEvent.Interrupt => ("events/irq/irq_handler_entry/format", "irq"),
            TimerEvent.Vector => ($"events/irq_vectors/{vector}_entry/format", "vector"),
            _ => ("events/sched/sched_switch/format", (string?)null),
        };
        int error = Read(path, out string text);
        if (error != 0)
        {
            reason = $"{path} in tracefs: {Marshal.GetPInvokeErrorMessage(error)}";
            return null;
        }

        return Describe(timerEvent, vector, field, text, out reason);
    }

    public void Dispose() => _root.Dispose();

    private static Tracepoint? Describe(TimerEvent timerEvent, string? vector, string? fieldName, string text, out string reason)
    {
        try
        {
            TracepointFormat format = TracepointFormat.Parse(text);
            if (fieldName is null)
            {
                reason = "";
                return new Tracepoint(timerEvent, format.Id, SampleLayout.Absent);
            }

            if (format.TryGetField(fieldName, out TracepointField field) && field.Bytes == sizeof(uint))
            {
                reason = "";
                return new Tracepoint(timerEvent, format.Id, field.Offset, vector);
            }

            reason = $"the tracepoint has no 32-bit field '{fieldName}'";
        }
        catch (FormatException error)
        {
            reason = error.Message;
        }

        return null;
    }

    private static SafeFileHandle? OpenDirectory(string path)
    {
        fixed (byte* name = NativePath.Of(path))
        {
            int file = LibC.open(name, LibC.O_RDONLY | LibC.O_DIRECTORY | LibC.O_CLOEXEC);
            return file < 0 ? null : new SafeFileHandle(file, ownsHandle: true);
        }
    }

    // Returns an errno.
    private int Read(string path, out string text)
    {
        text = "";
        int file;
        fixed (byte* name = NativePath.Of(path))
        {
            file = LibC.openat((int)_root.DangerousGetHandle(), name, LibC.O_RDONLY | LibC.O_CLOEXEC);
        }

        if (file < 0)
        {
            return LibC.errno;
        }

        // Tracefs says 0 for the size of its files and takes no offset, so they are read as a stream.
        using var handle = new SafeFileHandle(file, ownsHandle: true);
        byte[] bytes = new byte[MaximumFileBytes];
        int length = 0;
        fixed (byte* start = bytes)
        {
            while (length < bytes.Length)
            {
                long got = (long)LibC.read(file, start + length, (size_t)(bytes.Length - length));
                if (got < 0 && LibC.errno != Linux.EINTR)
                {
                    return LibC.errno;
                }

                if (got == 0)
                {
                    break;
                }

                length += (int)Math.Max(got, 0);
            }
        }

        text = Encoding.UTF8.GetString(bytes, 0, length);
        return 0;
    }
}
