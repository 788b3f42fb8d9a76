// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Text;
using LrngCuse.Interop;
using Tmds.Linux;

namespace LrngCuse.Recording;

/// <summary>A file that is there completely or not at all: it is written beside its place and then renamed.</summary>
internal sealed unsafe class RawFile : IDisposable
{
    private const int LongestNameBytes = 255;

    private readonly string _path;
    private readonly string _target;
    private readonly string _temporary;
    private readonly FileStream _stream;

    private RawFile(string path, string target)
    {
        _path = path;
        _target = target;
        _temporary = Path.Combine(Path.GetDirectoryName(target)!, $".lrng-raw.{Environment.ProcessId}.part");

        // A process of that number may have been killed before it could tidy up.
        File.Delete(_temporary);
        _stream = new FileStream(_temporary, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }

    /// <summary>Begins to write; finds before a long recording what would be in the way after it.</summary>
    /// <exception cref="CommandException">No such file can be written.</exception>
    internal static RawFile Create(string path)
    {
        try
        {
            string target = TargetOf(path);
            string name = Path.GetFileName(target);
            if (name.Length == 0 || Encoding.UTF8.GetByteCount(name) > LongestNameBytes)
            {
                throw new CommandException($"cannot write '{path}': not a file name", "name a file to write");
            }

            if (IsOther(target))
            {
                throw new CommandException(
                    $"cannot write {path}: it is there and no regular file", "name a file to write, or redirect stdout to it");
            }

            return new RawFile(path, target);
        }
        catch (Exception error) when (IsFileError(error))
        {
            throw CannotWrite(path, error);
        }
    }

    /// <summary>Sets who may read it, whatever the umask says.</summary>
    internal void SetMode(UnixFileMode mode)
    {
        try
        {
            File.SetUnixFileMode(_stream.SafeFileHandle, mode);
        }
        catch (Exception error) when (IsFileError(error))
        {
            throw CannotWrite(_path, error);
        }
    }

    internal void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _stream.Write(bytes);
        }
        catch (IOException error)
        {
            throw CannotWrite(_path, error);
        }
    }

    /// <summary>Puts the file in its place, over what was there.</summary>
    internal void Complete()
    {
        try
        {
            _stream.Flush(flushToDisk: true);
            File.Move(_temporary, _target, overwrite: true);
        }
        catch (Exception error) when (IsFileError(error))
        {
            throw CannotWrite(_path, error);
        }
    }

    public void Dispose()
    {
        _stream.Dispose();

        // After a rename it is not there.
        File.Delete(_temporary);
    }

    // The library's words name the temporary file.
    private static CommandException CannotWrite(string path, Exception error)
    {
        string reason = error switch
        {
            DirectoryNotFoundException => "its directory is missing",
            UnauthorizedAccessException => "permission denied",
            _ => error.Message.Split(" : ")[0],
        };
        return new CommandException($"cannot write {path}: {reason}", "is the directory writable, the disk full?");
    }

    private static bool IsFileError(Exception error) => error is IOException or UnauthorizedAccessException or ArgumentException;

    // A link stays, and what it names is written.
    private static string TargetOf(string path)
    {
        if (path.Length == 0)
        {
            return "";
        }

        var file = new FileInfo(path);
        return file.LinkTarget is null ? file.FullName : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
    }

    // A rename would put a file in the place of /dev/null.
    private static bool IsOther(string path)
    {
        stat status;
        fixed (byte* name = NativePath.Of(path))
        {
            return LibC.stat(name, &status) == 0 && ((uint)status.st_mode & Linux.S_IFMT) != Linux.S_IFREG;
        }
    }
}
