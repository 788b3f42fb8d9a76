// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.InteropServices;
using LrngCuse.Interop;
using LrngCuse.Recording;
using LrngEngine.Memory;
using LrngEngine.Sources.Scheduler;
using LrngEngine.Timing;

namespace LrngCuse.Tests.Recording;

/// <summary>What a reader of the mount's testing directory gets, without the mount.</summary>
[TestFixture]
internal sealed class OpenRecordingTests
{
    private SecretArena _arena;
    private GreatestCommonDivisor _divisor;
    private SchedulerSource _source;
    private OpenRecording _recording;

    [SetUp]
    public void Prepare()
    {
        _arena = new SecretArena();
        _divisor = new GreatestCommonDivisor(_arena);
        _source = new SchedulerSource(_arena, _divisor);
        _recording = new OpenRecording(_source, _source.OtherRecorder);
    }

    [TearDown]
    public void CleanUp()
    {
        _ = _recording.Close();
        _source.Dispose();
        _divisor.Dispose();
        _arena.Dispose();
    }

    [Test]
    public void The_first_read_begins_and_the_close_ends_it()
    {
        Assert.That(_source.IsRecorded, Is.False);
        Assert.That(Read(8), Is.EqualTo(-Linux.EAGAIN));
        Assert.That(_source.IsRecorded, Is.True);
        _source.StartRecordings();
        Assert.That(_source.OtherRecorder.IsActive, Is.True);
        Assert.That(_recording.Close(), Is.Zero);
        Assert.That(_source.IsRecorded, Is.False);
        Assert.That(_recording.Add(new RecordedRecording(8)), Is.False);
    }

    [Test]
    public void A_look_by_poll_begins_it_too()
    {
        Assert.That(_recording.IsReadable, Is.False);
        int told = 0;
        _recording.ReadinessChanged += () => told++;
        _source.StartRecordings();
        Bring(1);
        Assert.That((_recording.IsReadable, told), Is.EqualTo((true, 1)));
    }

    [Test]
    public void Values_come_whole_and_in_order()
    {
        Start();
        Bring(1, 2, 3);
        Assert.That(Read(3), Is.EqualTo(-Linux.EINVAL));
        Assert.That(Read(0), Is.EqualTo(-Linux.EINVAL));
        byte[] output = new byte[11];
        Assert.That(_recording.Read(output), Is.EqualTo(8));
        Assert.That(MemoryMarshal.Cast<byte, uint>(output.AsSpan(0, 8)).ToArray(), Is.EqualTo(new uint[] { 1, 2 }));
        Assert.That(Read(100), Is.EqualTo(4));
        Assert.That(Read(100), Is.EqualTo(-Linux.EAGAIN));
    }

    [Test]
    public void Who_waits_is_answered_in_turn()
    {
        Start();
        var first = new RecordedRecording(8);
        var second = new RecordedRecording(100);
        Assert.That(_recording.Add(first) && _recording.Add(second), Is.True);
        Bring(1, 2, 3);
        Assert.That(first.Values, Is.EqualTo(new uint[] { 1, 2 }));
        Assert.That(second.Values, Is.EqualTo(new uint[] { 3 }));
    }

    [Test]
    public void Who_comes_to_wait_late_finds_what_came_meanwhile()
    {
        Start();
        Bring(9);
        var read = new RecordedRecording(4);
        Assert.That(_recording.Add(read), Is.True);
        Assert.That(read.Values, Is.EqualTo(new uint[] { 9 }));
    }

    [Test]
    public void An_interrupted_reader_takes_no_values_along()
    {
        Start();
        var read = new RecordedRecording(8);
        _ = _recording.Add(read);
        _ = read.Finish(Linux.EINTR);
        Bring(1, 2);
        Assert.That((read.Errno, read.Values), Is.EqualTo((Linux.EINTR, (uint[]?)null)));
        Assert.That(Read(100), Is.EqualTo(8));
    }

    [Test]
    public void A_gap_is_told_once_after_what_came_before_it()
    {
        Start();
        Bring(1);
        _source.LoseEvents(3);
        Bring(2);
        Assert.That(Read(100), Is.EqualTo(4));
        Assert.That(_recording.IsReadable, Is.True);
        Assert.That(Read(100), Is.EqualTo(-Linux.EOVERFLOW));
        Assert.That(Read(100), Is.EqualTo(-Linux.EAGAIN));
        Bring(4);
        Assert.That(Read(100), Is.EqualTo(4));
        _source.LoseEvents(1);
        Assert.That(_recording.Close(), Is.EqualTo(5));
    }

    [Test]
    public void Who_waits_is_told_of_a_gap_at_once()
    {
        Start();
        var read = new RecordedRecording(8);
        _ = _recording.Add(read);
        _source.LoseEvents(1);
        Assert.That(read.Errno, Is.EqualTo(Linux.EOVERFLOW));
        Assert.That(Read(100), Is.EqualTo(-Linux.EAGAIN), "a new run has begun");
    }

    [Test]
    public void As_many_values_as_promised_can_wait()
    {
        Start();
        for (uint i = 0; i < OpenRecording.Capacity; i++)
        {
            Bring(i);
        }

        Assert.That(_source.OtherRecorder.Overruns, Is.Zero);
        Bring(0);
        Assert.That(_source.OtherRecorder.Overruns, Is.EqualTo(1));
        Assert.That(Read(1 << 20), Is.EqualTo(OpenRecording.LargestReadBytes));
    }

    [Test]
    public void The_close_ends_the_wait()
    {
        Start();
        var read = new RecordedRecording(8);
        _ = _recording.Add(read);
        _ = _recording.Close();
        Assert.That(read.Errno, Is.EqualTo(Linux.ENODEV));
    }

    private void Start()
    {
        _ = Read(4);
        _source.StartRecordings();
    }

    private int Read(int bytes) => _recording.Read(new byte[bytes]);

    private void Bring(params uint[] others) =>
        _source.Record(0, [.. others.Select((other, i) => new TimerRecord((ulong)(1000 + (i * i)), other))]);
}
