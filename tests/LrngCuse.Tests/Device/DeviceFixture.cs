// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Device;
using LrngEngine.Tests.Drng;

namespace LrngCuse.Tests.Device;

/// <summary>The devices over scripted sources, without a transport.</summary>
internal sealed class DeviceFixture : IDisposable
{
    internal DeviceFixture(ScriptedSource source)
    {
        Engine = new ManagerFixture(null, source);
        Parked = new ParkedReads(Engine.Manager, Engine.Log);
        Device = new RandomDevice(Engine.Manager, Parked, Engine.Clock);
        Parked.Start();
    }

    internal ManagerFixture Engine { get; }

    internal ParkedReads Parked { get; }

    internal RandomDevice Device { get; }

    public void Dispose()
    {
        Parked.Dispose();
        Device.Dispose();
        Engine.Dispose();
    }
}
