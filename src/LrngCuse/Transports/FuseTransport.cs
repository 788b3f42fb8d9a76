// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.InteropServices;
using LrngCuse.Device;
using LrngCuse.Interop;
using LrngCuse.Transports.Mount;
using Microsoft.Extensions.Logging;
using Tmds.Linux;

namespace LrngCuse.Transports;

/// <summary>Serves the files <c>random</c> and <c>urandom</c>, and some text files, in a FUSE mount, where the kernel has no CUSE.</summary>
internal sealed class FuseTransport : ITransport
{
    /// <summary>Where the files are unless somebody says otherwise. Created by the daemon.</summary>
    internal const string DefaultDirectory = "/run/lrng/fs";

    private readonly DeviceFiles _files;
    private readonly RecordingFiles _recordings;
    private readonly Session _session;

    private FuseTransport(string directory, DeviceFiles files, RecordingFiles recordings, Session session)
    {
        _files = files;
        _recordings = recordings;
        _session = session;
        Paths = [Path.Combine(directory, "random"), Path.Combine(directory, "urandom")];
    }

    public event Action<string>? Lost
    {
        add => _session.Lost += value;
        remove => _session.Lost -= value;
    }

    public string Kind => "fuse";

    public IReadOnlyList<string> Paths { get; }

    /// <summary>Mounts and serves.</summary>
    /// <param name="directory">Where.</param>
    /// <param name="device">What <c>random</c> and <c>urandom</c> are.</param>
    /// <param name="permissions">Of the two.</param>
    /// <param name="others">What else is in the mount.</param>
    /// <param name="logger">Receives state changes.</param>
    /// <exception cref="CommandException">Names what is in the way; nothing is left behind.</exception>
    internal static FuseTransport Start(
        string directory, RandomDevice device, UnixFileMode permissions, IEnumerable<MountNode> others, ILogger logger)
    {
        MountPoint.Prepare(directory, logger);
        var files = new DeviceFiles(device);
        var root = new MountDirectory(
            "", [
                new DeviceFile("random", DeviceNode.Random, permissions),
                new DeviceFile("urandom", DeviceNode.Urandom, permissions),
                .. others,
            ]);
        var recordings = new RecordingFiles(files.Waiting, logger);
        var tree = new MountTree(root, files, recordings, LibC.geteuid(), LibC.getegid());
        int result = Session.ConnectFuse(directory, tree, logger, out Session? session);
        if (result != 0)
        {
            files.Dispose();
            throw MountError(directory, -result);
        }

        if (!session!.Accept())
        {
            files.Dispose();
            session.Dispose();
            throw new CommandException($"the kernel refused the mount at {directory}", "see dmesg for what the kernel says");
        }

        session.Start();
        return new FuseTransport(directory, files, recordings, session);
    }

    public bool MakesProgress() => _session.MakesProgress();

    public void Dispose()
    {
        // Who waits for a value gets an error while the session still runs.
        _recordings.Dispose();
        _files.Dispose();
        _session.Dispose();
    }

    private static CommandException MountError(string directory, int errno) => errno switch
    {
        Linux.ENOENT or Linux.ENODEV => new("this kernel has no FUSE", "load the module: modprobe fuse"),
        Linux.EPERM => new($"no permission to mount at {directory}", "run as root; another user needs fusermount3 and user_allow_other in /etc/fuse.conf"),
        _ => new($"cannot mount at {directory}: {Marshal.GetPInvokeErrorMessage(errno)}", "see dmesg for what the kernel says"),
    };
}
