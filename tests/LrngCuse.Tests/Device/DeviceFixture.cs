// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Device;
using LrngEngine.Drng;
using LrngEngine.Tests.Drng;

namespace LrngCuse.Tests.Device;

/// <summary>The devices over scripted sources, without a transport.</summary>
internal sealed class DeviceFixture : IDisposable
{
    internal DeviceFixture(
        ScriptedSource source,
        NodeTopology? topology = null,
        DrngManagerOptions? options = null,
        int? pullsPerUser = null,
        int? pullsPerCgroup = null)
    {
        Engine = new ManagerFixture(topology ?? NodeTopology.OneForAll, options, source);
        Parked = new ParkedReads(Engine.Manager, new PullLimits(pullsPerUser, pullsPerCgroup, Engine.Clock), Engine.Clock, Engine.Log);
        Device = new RandomDevice(Engine.Manager, Parked, new Consumers(_ => "/", null), Engine.Clock);
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
