// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
//
// Planned restarts: the daemon that stops leaves its connections in systemd's store of descriptors, the next one goes on with
// them, and readers see nothing but a pause. The store has them between those two moments only. A crash must not find them there: the
// kernel would keep the devices, and who reads from a device that nobody serves survives kill -9.

using LrngCuse.Device;
using LrngCuse.HandOver;
using LrngCuse.Sampling;
using Microsoft.Win32.SafeHandles;

namespace LrngCuse.Transports;

internal sealed unsafe partial class CuseTransport
{
    // The kernel removes a device when the last descriptor of its connection is closed.
    private static readonly TimeSpan s_removalTime = TimeSpan.FromSeconds(2);

    public bool TakenOver { get; private set; }

    public void Pause()
    {
        foreach (Connection connection in _connections)
        {
            connection.Session.Pause();
            connection.Files.Dispose();
        }
    }

    public int HandOver(DescriptorStore store)
    {
        var state = new ConnectionState(_major, [Describe(DeviceNode.Random), Describe(DeviceNode.Urandom)]);
        using SafeFileHandle file = StateFile.Create(state.Encode());
        HandedOverSessions.Store(
            HandedOverSessions.Devices, store, new LinuxPerfCalls(), [.. _connections.Select(connection => connection.Session.Device)], file);
        foreach (Connection connection in _connections)
        {
            connection.Files.Waiting.Abandon();
        }

        return state.Waiting;
    }

    private SessionState Describe(DeviceNode node)
    {
        (Session session, DeviceFiles files, _) = _connections[(int)MinorOf(node)];
        return new SessionState(NameOf(node), files.LastFile, session.Opening, files.Waiting.Describe(), []);
    }

    private bool TryTakeOver()
    {
        using HandedOverSessions? devices =
            HandedOverSessions.Take(HandedOverSessions.Devices, Environment.GetEnvironmentVariable, Environment.ProcessId);
        if (devices is null)
        {
            return false;
        }

        string? problem = devices.Problem ?? Difference(devices.State);
        if (problem is null)
        {
            TakenOver = TryTakeOver(DeviceNode.Random, devices) && TryTakeOver(DeviceNode.Urandom, devices);
            problem = TakenOver ? null : "libfuse does not accept the kernel's first request";
        }

        if (problem is null)
        {
            Log.TakenOver(_logger, string.Join(" and ", Paths), devices.State.Waiting);
            return true;
        }

        Log.NotTakenOver(_logger, string.Join(" and ", Paths), problem);
        Dispose();
        _connections.Clear();
        devices.Dispose();
        _ = SpinWait.SpinUntil(() => !IsTaken(DeviceNode.Random) && !IsTaken(DeviceNode.Urandom), s_removalTime);
        return false;
    }

    private string? Difference(ConnectionState state) =>
        (state.Major, state.Sessions[0].Name, state.Sessions[1].Name) != (_major, _name.Random, _name.Urandom)
            ? $"{state.Sessions[0].Name} had major number {state.Major}, {_name.Random} is to have {_major}"
            : null;

    private bool IsTaken(DeviceNode node) => Exists(NameOf(node)) || Directory.Exists($"/sys/dev/char/{_major}:{MinorOf(node)}");

    private bool TryTakeOver(DeviceNode node, HandedOverSessions devices)
    {
        int index = (int)MinorOf(node);
        SessionState state = devices.State.Sessions[index];
        var files = new DeviceFiles(_device, state.LastFile);
        int result = Session.TakeOverCuse(
            state.Name, _major, MinorOf(node), devices.TakeConnection(index), new Handler(files, node), _logger, out Session? session);
        if (result != 0)
        {
            files.Dispose();
            return false;
        }

        _connections.Add(new Connection(session!, files, state.Waiting));
        return session!.AcceptAgain(state.Opening);
    }
}
