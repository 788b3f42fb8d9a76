// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Sampling;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LrngCuse.Tests.Sampling;

/// <summary>Messages to systemd, over a real socket.</summary>
[TestFixture]
internal sealed class DescriptorStoreTests
{
    private string _address;

    [SetUp]
    public void Prepare() => _address =
        Path.Combine(Path.GetTempPath(), $"lrng-{Environment.ProcessId}-{TestContext.CurrentContext.Test.ID}");

    [TearDown]
    public void CleanUp() => File.Delete(_address);

    [Test]
    public void A_descriptor_travels_with_its_name([Values] bool isAbstract)
    {
        string address = isAbstract ? "@" + _address : _address;
        using var manager = new ManagerSocket(address);
        using DescriptorStore store = DescriptorStore.Connect(address);
        using SafeFileHandle source = File.OpenHandle("/proc/self/stat");
        store.Store("perf-irq-3-8", (int)source.DangerousGetHandle());

        Assert.That(manager.Receive(), Is.EqualTo(("FDSTOREREMOVE=1\nFDNAME=perf-irq-3-8\n", -1)));
        (string text, int file) = manager.Receive();
        using var received = new SafeFileHandle(file, ownsHandle: true);
        Assert.That(text, Is.EqualTo("FDSTORE=1\nFDNAME=perf-irq-3-8\nFDPOLL=0\n"));
        Assert.That(File.ResolveLinkTarget($"/proc/self/fd/{file}", false)!.Name, Is.EqualTo("stat"));
        Assert.That(file, Is.Not.EqualTo((int)source.DangerousGetHandle()));
    }

    [Test]
    public void The_barrier_ends_when_the_manager_has_read_everything([Values] bool isRead)
    {
        using var manager = new ManagerSocket(_address);
        using DescriptorStore store = DescriptorStore.Connect(_address);
        using var calls = new ShortPatience();
        Task<bool> waiting = Task.Run(() => store.WaitUntilTaken(calls));
        (string text, int file) = manager.Receive();
        Assert.That(text, Is.EqualTo("BARRIER=1"));
        if (isRead)
        {
            _ = LibC.close(file);
        }

        Assert.That(waiting.Result, Is.EqualTo(isRead));
        if (!isRead)
        {
            _ = LibC.close(file);
        }
    }

    [Test]
    public void Nobody_at_the_address_is_told() =>
        Assert.That(() => DescriptorStore.Connect(_address), Throws.InstanceOf<CommandException>().With.Message.Contains(_address));
}
