// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.HandOver;
using LrngCuse.Sampling;
using LrngCuse.Tests.Sampling;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LrngCuse.Tests.HandOver;

/// <summary>Descriptors on their way to the service manager, over a real socket. What comes back is tried in a kernel with CUSE.</summary>
[TestFixture]
internal sealed class HandedOverSessionsTests
{
    private string _address;

    [SetUp]
    public void Prepare() => _address =
        Path.Combine(Path.GetTempPath(), $"lrng-{Environment.ProcessId}-{TestContext.CurrentContext.Test.ID}");

    [TearDown]
    public void CleanUp() => File.Delete(_address);

    [Test]
    public void The_devices_go_first_and_then_their_state()
    {
        using var manager = new ManagerSocket(_address);
        using var calls = new ShortPatience();
        Task storing = Task.Run(() => Store(calls));

        foreach (string name in (string[])["cuse-random", "cuse-urandom", "cuse-state"])
        {
            Assert.That(manager.Receive(), Is.EqualTo(($"FDSTOREREMOVE=1\nFDNAME={name}\n", -1)));
            (string text, int file) = manager.Receive();
            _ = LibC.close(file);
            Assert.That((text, file >= 0), Is.EqualTo(($"FDSTORE=1\nFDNAME={name}\nFDPOLL=0\n", true)));
        }

        (string last, int barrier) = manager.Receive();
        _ = LibC.close(barrier);
        Assert.That(last, Is.EqualTo("BARRIER=1"));
        Assert.That(() => storing.Wait(), Throws.Nothing);
    }

    [Test]
    public void If_the_manager_does_not_confirm_them_they_are_taken_back()
    {
        using var manager = new ManagerSocket(_address);
        using var calls = new ShortPatience();
        Task storing = Task.Run(() => Store(calls));
        var files = new List<int>();
        string text;
        do
        {
            (text, int file) = manager.Receive();
            files.Add(file);
        }
        while (text != "BARRIER=1");

        string[] after = [.. Enumerable.Range(0, 3).Select(_ => manager.Receive().Text)];
        Assert.That(after, Is.EqualTo((string[])
        [
            "FDSTOREREMOVE=1\nFDNAME=cuse-random\n",
            "FDSTOREREMOVE=1\nFDNAME=cuse-urandom\n",
            "FDSTOREREMOVE=1\nFDNAME=cuse-state\n",
        ]));
        Assert.That(() => storing.Wait(), Throws.InnerException.InstanceOf<CommandException>());
        foreach (int file in files.Where(file => file >= 0))
        {
            _ = LibC.close(file);
        }
    }

    [Test]
    public void Nothing_is_taken_where_nothing_was_left() =>
        Assert.That(HandedOverSessions.Take(HandedOverSessions.Devices, name => name == "LISTEN_FDS" ? "0" : null, Environment.ProcessId), Is.Null);

    private void Store(ShortPatience calls)
    {
        using DescriptorStore store = DescriptorStore.Connect(_address);
        using SafeFileHandle device = File.OpenHandle("/dev/null");
        using SafeFileHandle state = StateFile.Create("state"u8);
        int descriptor = (int)device.DangerousGetHandle();
        HandedOverSessions.Store(HandedOverSessions.Devices, store, calls, [descriptor, descriptor], state);
    }
}
