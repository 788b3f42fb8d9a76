// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Sampling;
using Microsoft.Win32.SafeHandles;

namespace LrngCuse.HandOver;

/// <summary>Both devices in systemd's store of descriptors, put there by the daemon that stops and taken from there by the next one.</summary>
internal sealed class HandedOverDevices : IDisposable
{
    private const string RandomName = "cuse-random";
    private const string UrandomName = "cuse-urandom";
    private const string StateName = "cuse-state";

    private static readonly string[] s_names = [RandomName, UrandomName, StateName];

    private readonly Dictionary<string, SafeFileHandle> _files;

    private HandedOverDevices(Dictionary<string, SafeFileHandle> files) => _files = files;

    /// <summary>Why the devices cannot be gone on with; null if they can.</summary>
    internal string? Problem { get; private set; }

    /// <summary>What there is to know of them, if there is no <see cref="Problem"/>.</summary>
    internal ConnectionState State { get; private set; } = null!;

    internal SafeFileHandle Random => _files[RandomName];

    internal SafeFileHandle Urandom => _files[UrandomName];

    /// <summary>Leaves the devices in the store, and waits until they are there.</summary>
    /// <exception cref="CommandException">The manager does not take them; then none of it is left there.</exception>
    internal static void Store(DescriptorStore store, IPerfCalls calls, int random, int urandom, SafeFileHandle state)
    {
        try
        {
            store.Store(RandomName, random);
            store.Store(UrandomName, urandom);

            // The last one: without it the others are worth nothing.
            store.Store(StateName, (int)state.DangerousGetHandle());
            Await(store, calls);
        }
        catch (CommandException)
        {
            foreach (string name in s_names)
            {
                store.Remove(name);
            }

            throw;
        }
    }

    /// <summary>Takes what systemd gave this process, and returns when systemd has let go of it: from then on the devices end when this
    /// process does.</summary>
    /// <returns>Null if there is nothing.</returns>
    /// <exception cref="CommandException">systemd does not let go of it.</exception>
    internal static HandedOverDevices? Take(Func<string, string?> environment, int processId)
    {
        Dictionary<string, SafeFileHandle> files = [];
        foreach (string name in s_names)
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

        var devices = new HandedOverDevices(files);
        try
        {
            TakeOut(environment("NOTIFY_SOCKET"));
            devices.ReadState();
            return devices;
        }
        catch
        {
            devices.Dispose();
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

    private static void TakeOut(string? manager)
    {
        if (string.IsNullOrEmpty(manager))
        {
            throw new CommandException(
                "devices were handed over by a service manager that cannot be told to let go of them", "pass on its NOTIFY_SOCKET");
        }

        using DescriptorStore store = DescriptorStore.Connect(manager);
        foreach (string name in s_names)
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
        string[] missing = [.. s_names.Where(name => !_files.ContainsKey(name))];
        if (missing.Length > 0)
        {
            Problem = $"{string.Join(" and ", missing)} is missing";
            return;
        }

        try
        {
            State = ConnectionState.Decode(StateFile.Read(_files[StateName]));
        }
        catch (Exception error) when (error is InvalidDataException or IOException or NotSupportedException or UnauthorizedAccessException)
        {
            Problem = $"their state cannot be used: {error.Message}";
        }
    }
}
