// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.CommandLine;
using LrngCuse.Assessment;
using LrngCuse.Control;
using LrngCuse.Recording;

namespace LrngCuse.Commands;

/// <summary>lrng raw: raw noise for an assessment after SP 800-90B 3.1, from a collector of its own that seeds nothing.</summary>
internal static class RawCommand
{
    // A slower display would look stuck, a faster one costs what it measures.
    private static readonly TimeSpan s_progressInterval = TimeSpan.FromMilliseconds(250);

    internal static Command Create()
    {
        var command = new Command("raw", $"Record raw noise for an assessment. It seeds nothing.\n\n{RawSources.Help}")
        {
            RawOptions.Source, RawOptions.Samples, RawOptions.Format, RawOptions.Output, RawOptions.Deltas, RawOptions.Matrix,
            RawOptions.Restarts, RawOptions.Socket,
        };
        command.Validators.Add(result =>
        {
            if (RawOptions.Mistake(result) is { } mistake)
            {
                result.AddError(mistake);
            }
        });
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        RawSource source = RawSources.Parse(parsed.GetRequiredValue(RawOptions.Source));
        RawFormat format = RawOptions.FormatOf(parsed);
        string? path = parsed.GetValue(RawOptions.Output);
        if (path is null && format != RawFormat.Text && StandardOutput.IsTerminal)
        {
            throw new CommandException(
                "raw noise is binary, and stdout is a terminal", "-o FILE writes a file, --format text prints numbers", ExitCodes.Usage);
        }

        using var interruption = new Interruption();
        using RawFile? file = path is null ? null : RawFile.Create(path);
        string socket = SocketOption.PathFor(parsed, RawOptions.Socket);
        using ControlClient? hold = source == RawSource.Jitter ? null : await DaemonHold.TakeAsync(source, socket, cancellation);
        bool deltas = parsed.GetValue(RawOptions.Deltas);
        RecordingGaps gaps = RecordingGaps.None;
        SampleBuffer samples;
        if (RawOptions.ShapeOf(parsed) is { } shape)
        {
            samples = RecordMatrix(source, shape, deltas, socket, interruption);
        }
        else
        {
            samples = new SampleBuffer(RawOptions.SamplesOf(parsed) + (deltas ? 1 : 0));
            gaps = Record(source, samples, interruption);
        }

        ReadOnlySpan<ulong> values = deltas ? RawDeltas.Of(samples.Values, RawOptions.ShapeOf(parsed)?.Columns + 1) : samples.Values;
        return Write(values, format, file, samples.IsFull, gaps, path);
    }

    private static RecordingGaps Record(RawSource source, SampleBuffer samples, Interruption interruption)
    {
        using var progress = new ProgressLine();
        using Timer timer = Display(progress, () => $"{samples.Count} of {samples.Capacity} samples");
        if (source == RawSource.Jitter)
        {
            JitterRecording.Run(samples, () => interruption.IsRequested);
            return RecordingGaps.None;
        }

        using var recording = new EventRecording(source, samples);
        using CancellationTokenRegistration wake = interruption.Register(recording.Wake);
        return recording.Run(() => interruption.IsRequested);
    }

    private static SampleBuffer RecordMatrix(
        RawSource source, RestartShape shape, bool deltas, string socket, Interruption interruption)
    {
        RestartShape recorded = deltas ? shape with { Columns = shape.Columns + 1 } : shape;
        var samples = new SampleBuffer(recorded.Samples);
        using var progress = new ProgressLine();
        using Timer timer = Display(progress, () => $"{samples.Count / recorded.Columns} of {recorded.Rows} restarts");
        RestartMatrix.Record(
            recorded, samples, columns => FreshProcess.Record(source, columns, socket, interruption), () => interruption.IsRequested);
        return samples;
    }

    private static Timer Display(ProgressLine progress, Func<string> text) =>
        new(_ => progress.Show(text()), state: null, s_progressInterval, s_progressInterval);

    private static int Write(
        ReadOnlySpan<ulong> values, RawFormat format, RawFile? file, bool complete, RecordingGaps gaps, string? path)
    {
        if (!complete && file is not null)
        {
            throw new CommandException(
                $"interrupted after {values.Length} samples: {path} is not written", "without -o, stdout gets what there is");
        }

        RawEncoder.Write(values, format, file is null ? StandardOutput.Write : file.Write);
        file?.Complete();
        if (!complete)
        {
            throw new CommandException($"interrupted: {values.Length} samples were written", "an assessment takes a complete recording");
        }

        if (gaps.Unsampled > 0)
        {
            CommandLine.Complain(
                $"of {gaps.Unsampled} more events the kernel made no sample, nor would it for the daemon",
                "this kernel may sample no interrupt of an idle CPU: see docs/SP800-90B.md");
        }

        return !gaps.Any
            ? ExitCodes.Success
            : throw new CommandException(
                $"the {values.Length} samples are not consecutive: {gaps}", "record again on a quieter machine, or fewer samples");
    }
}
