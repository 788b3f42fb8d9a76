// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Sampling;
using Microsoft.Win32.SafeHandles;

namespace LrngCuse.HandOver;

/// <summary>Both devices, or a mount, in systemd's store of descriptors, put there by the daemon that stops and taken from there by the
/// next one.</summary>
internal sealed class HandedOverSessions : IDisposable
{
    /// <summary>Names of what is stored: the connections, and last the state.</summary>
    internal static readonly IReadOnlyList<string> Devices = ["cuse-random", "cuse-urandom", "cuse-state"];

    /// <inheritdoc cref="Devices"/>
    internal static readonly IReadOnlyList<string> Mount = ["fuse-mount", "fuse-state"];

    private readonly IReadOnlyList<string> _names;
    private readonly Dictionary<string, SafeFileHandle> _files;

    private HandedOverSessions(IReadOnlyList<string> names, Dictionary<string, SafeFileHandle> files)
    {
        _names = names;
        _files = files;
    }

    /// <summary>Why they cannot be gone on with; null if they can.</summary>
    internal string? Problem { get; private set; }

    /// <summary>What there is to know of them, if there is no <see cref="Problem"/>.</summary>
    internal ConnectionState State { get; private set; } = null!;

    /// <summary>The descriptor of a connection, in the order of the state. It is the caller's from now on.</summary>
    internal int TakeConnection(int index)
    {
        SafeFileHandle file = _files[_names[index]];
        int descriptor = (int)file.DangerousGetHandle();
        file.SetHandleAsInvalid();
        return descriptor;
    }

    /// <summary>Leaves connections in the store, and waits until they are there.</summary>
    /// <param name="names"><see cref="Devices"/> or <see cref="Mount"/>.</param>
    /// <param name="store">Where.</param>
    /// <param name="calls">To wait.</param>
    /// <param name="connections">Their descriptors, one fewer than names.</param>
    /// <param name="state">The file with their state.</param>
    /// <exception cref="CommandException">The manager does not take them; then none of it is left there.</exception>
    internal static void Store(
        IReadOnlyList<string> names, DescriptorStore store, IPerfCalls calls, IReadOnlyList<int> connections, SafeFileHandle state)
    {
        try
        {
            for (int i = 0; i < connections.Count; i++)
            {
                store.Store(names[i], connections[i]);
            }

            // The last one: without it the others are worth nothing.
            store.Store(names[^1], (int)state.DangerousGetHandle());
            Await(store, calls);
        }
        catch (CommandException)
        {
            foreach (string name in names)
            {
                store.Remove(name);
            }

            throw;
        }
    }

    /// <summary>Takes what systemd gave this process, and returns when systemd has let go of it: from then on the connections end when
    /// this process does.</summary>
    /// <returns>Null if there is nothing.</returns>
    /// <exception cref="CommandException">systemd does not let go of it.</exception>
    internal static HandedOverSessions? Take(IReadOnlyList<string> names, Func<string, string?> environment, int processId)
    {
        Dictionary<string, SafeFileHandle> files = [];
        foreach (string name in names)
        {
            if (HandedOverEvents.FindFile(name, environment, processId) is { } file)
            {
                files.Add(name, new SafeFileHandle(file, ownsHandle: true));
            }
        }

        if (files.Count == 0)
        {
            return null;
        }

        var sessions = new HandedOverSessions(names, files);
        try
        {
            TakeOut(names, environment("NOTIFY_SOCKET"));
            sessions.ReadState();
            return sessions;
        }
        catch
        {
            sessions.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (SafeFileHandle file in _files.Values)
        {
            file.Dispose();
        }
    }

    private static void TakeOut(IReadOnlyList<string> names, string? manager)
    {
        if (string.IsNullOrEmpty(manager))
        {
            throw new CommandException(
                "connections were handed over by a service manager that cannot be told to let go of them", "pass on its NOTIFY_SOCKET");
        }

        using DescriptorStore store = DescriptorStore.Connect(manager);
        foreach (string name in names)
        {
            store.Remove(name);
        }

        Await(store, new LinuxPerfCalls());
    }

    private static void Await(DescriptorStore store, IPerfCalls calls)
    {
        if (!store.WaitUntilTaken(calls))
        {
            throw new CommandException("the service manager does not answer", "it takes systemd 246 or later");
        }
    }

    private void ReadState()
    {
        string[] missing = [.. _names.Where(name => !_files.ContainsKey(name))];
        if (missing.Length > 0)
        {
            Problem = $"{string.Join(" and ", missing)} is missing";
            return;
        }

        try
        {
            State = ConnectionState.Decode(StateFile.Read(_files[_names[^1]]));
            if (State.Sessions.Count != _names.Count - 1)
            {
                Problem = $"their state is of {State.Sessions.Count} connections, {_names.Count - 1} are there";
            }
        }
        catch (Exception error) when (error is InvalidDataException or IOException or NotSupportedException or UnauthorizedAccessException)
        {
            Problem = $"their state cannot be used: {error.Message}";
        }
    }
}
