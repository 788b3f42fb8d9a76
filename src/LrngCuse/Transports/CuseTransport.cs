// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
//
// The character devices. Their numbers are fixed, so that a node in a container works again as soon as a restarted daemon is
// back. CuseTransport.HandOver.cs spares it even that gap.

using System.Runtime.InteropServices;
using LrngCuse.Device;
using LrngCuse.Interop;
using Microsoft.Extensions.Logging;
using static LrngCuse.Interop.Shim;

namespace LrngCuse.Transports;

/// <summary>Serves /dev/lrng-random and /dev/lrng-urandom through CUSE.</summary>
internal sealed unsafe partial class CuseTransport : ITransport
{
    /// <summary>From the range LOCAL/EXPERIMENTAL USE of the kernel's devices.txt.</summary>
    internal const uint DefaultMajor = 121;

    private readonly DeviceName _name;
    private readonly uint _major;
    private readonly RandomDevice _device;
    private readonly ILogger _logger;

    // The blocking device, then the other one.
    private readonly List<Connection> _connections = [];

    private CuseTransport(DeviceName name, uint major, RandomDevice device, ILogger logger)
    {
        _name = name;
        _major = major;
        _device = device;
        _logger = logger;
        Paths = [$"/dev/{name.Random}", $"/dev/{name.Urandom}"];
    }

    public event Action<string>? Lost;

    public string Kind => "cuse";

    public IReadOnlyList<string> Paths { get; }

    /// <summary>Whether an error of <see cref="Probe"/> means that this machine has no CUSE, as opposed to a lack of rights.</summary>
    internal static bool IsAbsent(int errno) => errno is Linux.ENOENT or Linux.ENODEV;

    /// <summary>Whether /dev/cuse can be opened: 0 or the errno.</summary>
    internal static int Probe()
    {
        try
        {
            using FileStream device = new("/dev/cuse", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            return 0;
        }
        catch (UnauthorizedAccessException)
        {
            return Linux.EACCES;
        }
        catch (FileNotFoundException)
        {
            return Linux.ENOENT;
        }
        catch (IOException)
        {
            return Linux.ENODEV;
        }
    }

    /// <summary>Creates both devices and serves them, or takes over those that an earlier daemon left (<see cref="TakenOver"/>), which
    /// are not served before <see cref="Serve"/>.</summary>
    /// <exception cref="CommandException">Names what is in the way; nothing is left behind.</exception>
    internal static CuseTransport Start(DeviceName name, uint major, UnixFileMode mode, RandomDevice device, ILogger logger)
    {
        var transport = new CuseTransport(name, major, device, logger);
        try
        {
            if (!transport.TryTakeOver())
            {
                transport.Add(DeviceNode.Random);
                transport.Add(DeviceNode.Urandom);
                transport.Serve();
            }

            foreach (string path in transport.Paths)
            {
                NodeMode.Set(path, mode, logger);
            }

            StaticNodes.Ensure(name, major, mode, logger);
            return transport;
        }
        catch
        {
            transport.Dispose();
            throw;
        }
    }

    public void Serve()
    {
        foreach ((Session session, _, IReadOnlyList<byte[]> inherited) in _connections)
        {
            session.Lost += reason => Lost?.Invoke(reason);
            session.Start(inherited);
        }
    }

    public bool MakesProgress()
    {
        bool progress = true;
        foreach (Connection connection in _connections)
        {
            progress &= connection.Session.MakesProgress();
        }

        return progress;
    }

    public void Dispose()
    {
        foreach (Connection connection in _connections)
        {
            connection.Files.Dispose();
            connection.Session.Dispose();
        }
    }

    internal static CommandException OpenError(int errno) => errno switch
    {
        Linux.ENOENT => new("this kernel has no /dev/cuse", "load the module: modprobe cuse; or serve a mount: --transport fuse"),
        Linux.ENODEV => new("the kernel module cuse is missing", "install it for this kernel, or serve a mount: --transport fuse"),
        Linux.EACCES or Linux.EPERM => new("no permission to open /dev/cuse", "run as root, or as a member of the group that owns /dev/cuse"),
        _ => new($"cannot open /dev/cuse: {Marshal.GetPInvokeErrorMessage(errno)}", "see dmesg for what the kernel says"),
    };

    private void Add(DeviceNode node)
    {
        string name = NameOf(node);
        uint minor = MinorOf(node);
        RefuseTaken(name, _major, minor);
        var files = new DeviceFiles(_device);
        int result = Session.ConnectCuse(name, _major, minor, new Handler(files, node), _logger, out Session? session);
        if (result != 0)
        {
            files.Dispose();
            throw OpenError(-result);
        }

        _connections.Add(new Connection(session!, files, []));

        // The kernel creates the device while it takes our answer to its first request, and drops the connection if it cannot.
        if (!session!.Accept() || !Exists(name))
        {
            throw new CommandException(
                $"the kernel refused the device {name} with number {_major}:{minor}",
                "see dmesg; another driver may use the number: choose one with device.major in the configuration");
        }
    }

    private string NameOf(DeviceNode node) => node == DeviceNode.Random ? _name.Random : _name.Urandom;

    private static uint MinorOf(DeviceNode node) => node == DeviceNode.Random ? 0u : 1u;

    private static bool Exists(string name) => File.Exists($"/sys/class/cuse/{name}/dev");

    private static void RefuseTaken(string name, uint major, uint minor)
    {
        if (Directory.Exists($"/sys/class/cuse/{name}"))
        {
            throw new CommandException(
                $"the device name {name} is taken by another daemon", "stop that one (lrng status says what runs), or choose a name with --device");
        }

        if (File.Exists($"/dev/{name}"))
        {
            throw new CommandException($"/dev/{name} exists already and is not ours", "remove it, or choose a name with --device");
        }

        if (Directory.Exists($"/sys/dev/char/{major}:{minor}"))
        {
            throw new CommandException(
                $"the device number {major}:{minor} is in use", "stop its owner, or choose another device.major in the configuration");
        }
    }

    private sealed record Connection(Session Session, DeviceFiles Files, IReadOnlyList<byte[]> Inherited);

    private sealed class Handler(DeviceFiles files, DeviceNode node) : ISessionHandler
    {
        public void Handle(lrng_shim_request* request, Span<byte> output) => files.Handle(node, request, output);

        public void Interrupted(ulong token) => files.Interrupted(token);
    }
}
