// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.InteropServices;
using LrngCuse.Interop;
using LrngEngine.Sources.KernelRng;
using Tmds.Linux;

namespace LrngCuse.Hosting;

/// <summary>
/// The generation number that programs map (native/include/lrng.h): output that they read before it changed is not to be used any more.
/// That this process lives shows in its write lock, which costs it nothing. The file stays when the daemon stops, with the number 0, so
/// that one that was bind-mounted into a container is the next daemon's as well. Thread-safe.
/// </summary>
internal sealed unsafe class GenerationFile : IDisposable
{
    private const int PrivateMode = 0x180; // 0600
    private const int PublicMode = 0x1a4; // 0644

    private readonly Lock _lock = new();
    private readonly int _file;

    // Guarded by _lock. Null after disposal.
    private LrngHeader.lrng_generation* _page;

    private GenerationFile(int file, LrngHeader.lrng_generation* page)
    {
        _file = file;
        _page = page;
    }

    /// <summary>Takes over the file of a daemon that ended, or makes a new one in its place.</summary>
    /// <exception cref="IOException">It cannot be made, mapped or locked.</exception>
    internal static GenerationFile Publish(string path)
    {
        int file = TakeOver(path);
        if (file >= 0)
        {
            return Map(file);
        }

        // Invisible until it is complete and locked: a reader's lock on it would keep ours away.
        string unfinished = path + ".new";
        File.Delete(unfinished);
        file = Create(unfinished);
        GenerationFile published = Map(file);
        File.Move(unfinished, path, overwrite: true);
        return published;
    }

    /// <summary>From now on all output that was read before is out of date.</summary>
    internal void Raise()
    {
        lock (_lock)
        {
            // 0 is for good.
            if (_page is not null && _page->generation != 0)
            {
                Volatile.Write(ref _page->generation, _page->generation + 1);
            }
        }
    }

    /// <summary>From now on no output may be kept.</summary>
    internal void Revoke()
    {
        lock (_lock)
        {
            if (_page is not null)
            {
                Volatile.Write(ref _page->generation, 0);
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_page is null)
            {
                return;
            }

            Volatile.Write(ref _page->generation, 0);
            _ = LibC.munmap(_page, LrngHeader.LRNG_GENERATION_BYTES);
            _page = null;
        }

        _ = LibC.close(_file);
    }

    // Negative if there is none that is ours alone to write.
    private static int TakeOver(string path)
    {
        int file = Open(path, LibC.O_RDWR | LibC.O_NOFOLLOW | LibC.O_NONBLOCK);
        if (file >= 0 && !(IsOurs(file) && TryLock(file)))
        {
            _ = LibC.close(file);
            return -1;
        }

        return file;
    }

    private static int Create(string path)
    {
        int file = Open(path, LibC.O_RDWR | LibC.O_CREAT | LibC.O_EXCL);
        if (file >= 0 && TryLock(file))
        {
            return file;
        }

        throw CloseAndDescribe(file);
    }

    private static GenerationFile Map(int file)
    {
        // With room for it, or a full file system would end the process at the first store.
        int error = LibC.posix_fallocate(file, 0, LrngHeader.LRNG_GENERATION_BYTES);
        if (error != 0)
        {
            _ = LibC.close(file);
            throw new IOException(Marshal.GetPInvokeErrorMessage(error));
        }

        void* address = LibC.mmap(null, LrngHeader.LRNG_GENERATION_BYTES, LibC.PROT_READ | LibC.PROT_WRITE, LibC.MAP_SHARED, file, 0);
        if (address == LibC.MAP_FAILED || LibC.fchmod(file, PublicMode) != 0)
        {
            throw CloseAndDescribe(file);
        }

        var page = (LrngHeader.lrng_generation*)address;
        Volatile.Write(ref page->generation, Unused());
        page->magic = LrngHeader.LRNG_GENERATION_MAGIC;
        return new GenerationFile(file, page);
    }

    // Differs from what any reader has seen, whichever daemon and file that was; it is no secret.
    private static ulong Unused()
    {
        ulong number = 0;
        int result = new LinuxKernelRandom().Fill(
            MemoryMarshal.AsBytes(new Span<ulong>(ref number)), KernelRandomFlags.Insecure);
        return result == 0 ? number | 1 : throw new IOException(Marshal.GetPInvokeErrorMessage(-result));
    }

    private static int Open(string path, int flags)
    {
        fixed (byte* name = NativePath.Of(path))
        {
            return LibC.open(name, flags | LibC.O_CLOEXEC, PrivateMode);
        }
    }

    private static bool IsOurs(int file)
    {
        stat status;
        return LibC.fstat(file, &status) == 0
            && ((uint)status.st_mode & Linux.S_IFMT) == Linux.S_IFREG
            && (uint)status.st_uid == (uint)LibC.geteuid()
            && (ulong)status.st_nlink == 1;
    }

    private static bool TryLock(int file)
    {
        var whole = new NativeLibC.flock { l_type = Linux.F_WRLCK };
        return NativeLibC.fcntl(file, Linux.F_OFD_SETLK, &whole) == 0;
    }

    private static IOException CloseAndDescribe(int file)
    {
        string reason = Marshal.GetPInvokeErrorMessage(Marshal.GetLastSystemError());
        if (file >= 0)
        {
            _ = LibC.close(file);
        }

        return new IOException(reason);
    }
}
