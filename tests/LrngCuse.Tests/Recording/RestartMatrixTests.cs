// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Assessment;
using LrngCuse.Recording;

namespace LrngCuse.Tests.Recording;

[TestFixture]
internal sealed class RestartMatrixTests
{
    [Test]
    public void Rows_follow_each_other()
    {
        var samples = new SampleBuffer(6);
        ulong row = 0;
        RestartMatrix.Record(new RestartShape(2, 3), samples, columns => [row += 10, row + 1, (ulong)columns], () => false);
        Assert.That(samples.Values.ToArray(), Is.EqualTo(new ulong[] { 10, 11, 3, 20, 21, 3 }));
    }

    [Test]
    public void A_failed_start_is_named()
    {
        int starts = 0;
        Assert.That(
            () => RestartMatrix.Record(
                new RestartShape(5, 2),
                new SampleBuffer(10),
                columns => ++starts == 3 ? throw new CommandException("no clock", "") : new ulong[columns],
                () => false),
            Throws.TypeOf<CommandException>().With.Message.EqualTo("restart 3 of 5 failed: no clock"));
    }

    [Test]
    public void An_interruption_leaves_whole_rows_and_is_no_failed_start()
    {
        var samples = new SampleBuffer(10);
        bool interrupted = false;
        RestartMatrix.Record(
            new RestartShape(5, 2),
            samples,
            columns =>
            {
                interrupted = samples.Count == 4;
                return interrupted ? throw new CommandException("killed", "") : new ulong[columns];
            },
            () => interrupted);
        Assert.That(samples.Count, Is.EqualTo(4));
    }

    [Test]
    public void Differences_do_not_reach_into_the_next_row()
    {
        ulong[] values = [10, 13, 12, 250, 4, 4];
        Assert.That(RawDeltas.Of(values, rowLength: 3), Is.EqualTo(new ulong[] { 3, 255, 10, 0 }));
        Assert.That(RawDeltas.Of(values, rowLength: null), Is.EqualTo(new ulong[] { 3, 255, 238, 10, 0 }));
        Assert.That(RawDeltas.Of([], rowLength: null), Is.Empty);
    }
}
