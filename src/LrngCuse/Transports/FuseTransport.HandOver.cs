// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
//
// Planned restarts, as of the devices (CuseTransport.HandOver.cs): containers keep the files of the mount that they were given, and the
// descriptors that they opened. The kernel knows files by numbers, which therefore go along. A mount that nobody takes over stays in its
// place, dead: the next daemon that mounts there removes it.

using LrngCuse.Device;
using LrngCuse.HandOver;
using LrngCuse.Sampling;
using LrngCuse.Transports.Mount;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace LrngCuse.Transports;

internal sealed partial class FuseTransport
{
    private IReadOnlyList<byte[]> _inherited = [];
    private bool _left;

    public bool TakenOver { get; private set; }

    public void Pause()
    {
        _session.Pause();
        _recordings.Dispose();
        _files.Dispose();
    }

    public int HandOver(DescriptorStore store)
    {
        var state = new ConnectionState(
            ConnectionState.Mount,
            [new SessionState(_directory, _files.LastFile, _session.Opening, _files.Waiting.Describe(), _index.Paths)]);
        using SafeFileHandle file = StateFile.Create(state.Encode());
        HandedOverSessions.Store(HandedOverSessions.Mount, store, new LinuxPerfCalls(), [_session.Device], file);
        _files.Waiting.Abandon();
        _session.Leave();
        _left = true;
        return state.Waiting;
    }

    // Null when there is nothing, or nothing to go on with.
    private static FuseTransport? TakeOver(string directory, MountDirectory root, RandomDevice device, ILogger logger)
    {
        using HandedOverSessions? mount =
            HandedOverSessions.Take(HandedOverSessions.Mount, Environment.GetEnvironmentVariable, Environment.ProcessId);
        if (mount is null)
        {
            return null;
        }

        string? problem = mount.Problem ?? Difference(mount.State, directory);
        if (problem is null)
        {
            SessionState state = mount.State.Sessions[0];
            var transport = new FuseTransport(
                directory, new MountIndex(root, state.Nodes), new DeviceFiles(device, state.LastFile), logger) { _inherited = state.Waiting };
            if (transport.TryTakeOver(mount.TakeConnection(0), state.Opening))
            {
                Log.TakenOver(logger, string.Join(" and ", transport.Paths), mount.State.Waiting);
                return transport;
            }

            problem = "libfuse does not accept the kernel's first request";
        }

        Log.NotTakenOver(logger, string.Join(" and ", PathsIn(directory)), problem);
        End(mount, directory);
        return null;
    }

    /// <summary>Ends a mount that an earlier daemon left, and removes it if this process may.</summary>
    /// <param name="mount">What is left of it.</param>
    /// <param name="directory">Where it is believed to be if its state does not say.</param>
    internal static void End(HandedOverSessions mount, string directory)
    {
        mount.Dispose();
        MountPoint.Remove(mount.Problem is null ? mount.State.Sessions[0].Name : directory);
    }

    private static string? Difference(ConnectionState state, string directory)
    {
        SessionState mount = state.Sessions[0];
        if (mount.Name != directory)
        {
            return $"it is at {mount.Name}, and is to be at {directory}";
        }

        return mount.Nodes is not ["", ..] ? "its files are not those of a mount"
            : MountPoint.IsOurs(directory) ? null
            : "it was removed meanwhile";
    }

    private bool TryTakeOver(int descriptor, byte[] opening)
    {
        int result = Session.TakeOverFuse(_directory, descriptor, _tree, _logger, out Session? session);
        if (result != 0)
        {
            _files.Dispose();
            return false;
        }

        _session = session!;
        TakenOver = _session.AcceptAgain(opening);
        if (!TakenOver)
        {
            Dispose();
            return false;
        }

        // The mode may be another one now.
        _session.ForgetAttributes(_index.Paths.Count);
        return true;
    }

    // libfuse removes only what it mounted itself.
    private void RemoveIfTakenOver()
    {
        if (TakenOver && !_left)
        {
            MountPoint.Remove(_directory);
        }
    }
}
