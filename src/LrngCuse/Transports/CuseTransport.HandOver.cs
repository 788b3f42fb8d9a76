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

    /// <summary>Whether the devices were those of an earlier daemon.</summary>
    internal bool TakenOver { get; private set; }

    /// <summary>Takes no more requests from the kernel, which keeps them, and returns when each one that was taken is answered or
    /// parked. Who polls asks again, and is answered by the next daemon.</summary>
    internal void Pause()
    {
        foreach (Connection connection in _connections)
        {
            connection.Session.Pause();
            connection.Files.Dispose();
        }
    }

    /// <summary>Leaves the devices, paused, to the next daemon. Parked requests must not be answered any more by anybody.</summary>
    /// <returns>Requests that wait for it.</returns>
    /// <exception cref="CommandException">The service manager does not take them; nothing is left there, and all is as before.</exception>
    internal int HandOver(DescriptorStore store)
    {
        var state = new ConnectionState(_major, Describe(DeviceNode.Random), Describe(DeviceNode.Urandom));
        using SafeFileHandle file = StateFile.Create(state.Encode());
        HandedOverDevices.Store(
            store, new LinuxPerfCalls(), _connections[0].Session.Device, _connections[1].Session.Device, file);
        foreach (Connection connection in _connections)
        {
            connection.Files.Waiting.Abandon();
        }

        return state.Random.Waiting.Count + state.Urandom.Waiting.Count;
    }

    private DeviceState Describe(DeviceNode node)
    {
        (Session session, DeviceFiles files, _) = _connections[(int)MinorOf(node)];
        return new DeviceState(NameOf(node), files.LastFile, session.Opening, files.Waiting.Describe());
    }

    private bool TryTakeOver()
    {
        using HandedOverDevices? devices = HandedOverDevices.Take(Environment.GetEnvironmentVariable, Environment.ProcessId);
        if (devices is null)
        {
            return false;
        }

        string? problem = devices.Problem ?? Difference(devices.State);
        if (problem is null)
        {
            TakenOver = TryTakeOver(DeviceNode.Random, devices.State.Random, devices.Random!)
                && TryTakeOver(DeviceNode.Urandom, devices.State.Urandom, devices.Urandom!);
            problem = TakenOver ? null : "libfuse does not accept the kernel's first request";
        }

        if (problem is null)
        {
            Log.TakenOver(_logger, devices.State.Random.Waiting.Count + devices.State.Urandom.Waiting.Count);
            return true;
        }

        Log.NotTakenOver(_logger, problem);
        Dispose();
        _connections.Clear();
        devices.Dispose();
        _ = SpinWait.SpinUntil(() => !IsTaken(DeviceNode.Random) && !IsTaken(DeviceNode.Urandom), s_removalTime);
        return false;
    }

    private string? Difference(ConnectionState state) =>
        (state.Major, state.Random.Name, state.Urandom.Name) != (_major, _name.Random, _name.Urandom)
            ? $"{state.Random.Name} had major number {state.Major}, {_name.Random} is to have {_major}"
            : null;

    private bool IsTaken(DeviceNode node) => Exists(NameOf(node)) || Directory.Exists($"/sys/dev/char/{_major}:{MinorOf(node)}");

    private bool TryTakeOver(DeviceNode node, DeviceState state, SafeFileHandle device)
    {
        var files = new DeviceFiles(_device, state.LastFile);
        int descriptor = (int)device.DangerousGetHandle();
        device.SetHandleAsInvalid();
        int result = Session.TakeOverCuse(
            state.Name, _major, MinorOf(node), descriptor, new Handler(files, node), _logger, out Session? session);
        if (result != 0)
        {
            files.Dispose();
            return false;
        }

        _connections.Add(new Connection(session!, files, state.Waiting));
        return session!.AcceptAgain(state.Opening);
    }
}
