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
internal sealed partial class FuseTransport : ITransport
{
    /// <summary>Where the files are unless somebody says otherwise. Created by the daemon.</summary>
    internal const string DefaultDirectory = "/run/lrng/fs";

    private readonly string _directory;
    private readonly MountIndex _index;
    private readonly DeviceFiles _files;
    private readonly RecordingFiles _recordings;
    private readonly MountTree _tree;
    private readonly ILogger _logger;

    // Set by Mount or by TryTakeOver.
    private Session _session = null!;

    private FuseTransport(string directory, MountIndex index, DeviceFiles files, ILogger logger)
    {
        _directory = directory;
        _index = index;
        _files = files;
        _logger = logger;
        _recordings = new RecordingFiles(files, logger);
        _tree = new MountTree(index, files, _recordings, LibC.geteuid(), LibC.getegid());
        Paths = PathsIn(directory);
    }

    public event Action<string>? Lost;

    public string Kind => "fuse";

    public IReadOnlyList<string> Paths { get; }

    /// <summary>Mounts and serves, or takes over the mount that an earlier daemon left (<see cref="TakenOver"/>), which is not served
    /// before <see cref="Serve"/>.</summary>
    /// <param name="directory">Where.</param>
    /// <param name="device">What <c>random</c> and <c>urandom</c> are.</param>
    /// <param name="permissions">Of the two.</param>
    /// <param name="others">What else is in the mount.</param>
    /// <param name="logger">Receives state changes.</param>
    /// <exception cref="CommandException">Names what is in the way; nothing is left behind.</exception>
    internal static FuseTransport Start(
        string directory, RandomDevice device, UnixFileMode permissions, IEnumerable<MountNode> others, ILogger logger)
    {
        var root = new MountDirectory(
            "", [
                new DeviceFile("random", DeviceNode.Random, permissions),
                new DeviceFile("urandom", DeviceNode.Urandom, permissions),
                .. others,
            ]);
        if (TakeOver(directory, root, device, logger) is { } takenOver)
        {
            return takenOver;
        }

        var transport = new FuseTransport(directory, new MountIndex(root), new DeviceFiles(device), logger);
        transport.Mount();
        transport.Serve();
        return transport;
    }

    public void Serve()
    {
        _session.Lost += reason => Lost?.Invoke(reason);
        _session.Start(_inherited);
    }

    public bool MakesProgress() => _session.MakesProgress();

    public void Dispose()
    {
        // Who waits for a value gets an error while the session still runs.
        _recordings.Dispose();
        _files.Dispose();
        _session.Dispose();
        RemoveIfTakenOver();
    }

    private static string[] PathsIn(string directory) => [Path.Combine(directory, "random"), Path.Combine(directory, "urandom")];

    private void Mount()
    {
        MountPoint.Prepare(_directory, _logger);
        int result = Session.ConnectFuse(_directory, _tree, _logger, out Session? session);
        if (result != 0)
        {
            _files.Dispose();
            throw MountError(_directory, -result);
        }

        _session = session!;
        if (!_session.Accept())
        {
            Dispose();
            throw new CommandException($"the kernel refused the mount at {_directory}", "see dmesg for what the kernel says");
        }
    }

    private static CommandException MountError(string directory, int errno) => errno switch
    {
        Linux.ENOENT or Linux.ENODEV => new("this kernel has no FUSE", "load the module: modprobe fuse"),
        Linux.EPERM => new($"no permission to mount at {directory}", "run as root; another user needs fusermount3 and user_allow_other in /etc/fuse.conf"),
        _ => new($"cannot mount at {directory}: {Marshal.GetPInvokeErrorMessage(errno)}", "see dmesg for what the kernel says"),
    };
}
