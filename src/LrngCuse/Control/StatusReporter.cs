// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Device;
using LrngCuse.Hosting;
using LrngCuse.Sampling;
using LrngEngine.Drng;
using LrngEngine.Seeding;
using LrngEngine.SelfTests;
using LrngEngine.Sources;
using LrngEngine.Sources.HardwareRng;

namespace LrngCuse.Control;

/// <summary>Puts the status document together.</summary>
internal sealed class StatusReporter(
    Generator generator,
    RandomDevice device,
    Func<(string Kind, IReadOnlyList<string> Paths)> transport,
    Func<IReadOnlyList<EventStatus>> sampling,
    Func<HardwareRngStatus?> hardware)
{
    internal StatusDocument Report()
    {
        DrngManagerStatus status = generator.Manager.GetStatus();
        SelfTestReport selfTests = generator.SelfTests;
        (string kind, IReadOnlyList<string> paths) = transport();
        IReadOnlyList<EventStatus> events = sampling();
        IReadOnlyList<IReadOnlyDictionary<string, string>> properties = SourceProperties.Of(generator.Manager.GetLrngType());
        return new StatusDocument
        {
            Schema = ControlFrame.Schema,
            Version = ProgramVersion.Text,
            Level = NameOf(status.Level),
            Operational = status.Level == SeedLevel.FullySeeded && !generator.Manager.Errors.IsEntered,
            SecurityStrengthBits = status.SecurityStrengthBits,
            EntropyLevelBits = status.Sources.Sum(source => source.AvailableBits),
            DesignedFor = status.Strategy.DesignedFor,
            AllNodesSeeded = status.AllNodesSeeded,
            SelfTests = new SelfTestDocument(
                selfTests.Passed, selfTests.StatusWord, selfTests.Failures, selfTests.Tests, selfTests.LastRun),
            ErrorState = generator.Manager.Errors.Reason,
            Drng = new DrngDocument(status.DrngName, generator.CipherKernel, [.. status.Nodes.Select(Document)]),
            Hash = new HashDocument(generator.Hash.Name, generator.Hash.Kernel),
            PredictionResistance = new PredictionResistanceDocument(
                status.PredictionResistancePulls, status.PredictionResistanceBytes),
            Device = new DeviceDocument(kind, paths, device.ServedBytes, device.WrittenBytes, device.ParkedReaders, generator.Manager.Demand.WriteWakeupThreshold),
            Sources = [.. status.Sources.Zip(properties, (source, named) => Document(source, named, SamplingOf(source.Name, events)))],
            HardwareRng = hardware() is { } feed ? Document(feed) : null,
            Requests = new RequestsDocument(RequestTally.BoundsSeconds, [.. device.Requests.Read().Select(Document)]),
            Threads = ThreadTimes.Read(),
            Consumers = [.. device.Consumers.Classes.Read().Select(Document)],
        };
    }

    /// <summary>The level of a document in bits of entropy.</summary>
    internal static int BitsOf(string level) => (int)Enum.GetValues<SeedLevel>().Single(candidate => NameOf(candidate) == level);

    private static ConsumerDocument Document(ConsumerCount count) =>
        new(count.Name, count.OpenFiles, count.Reads, count.Bytes, count.Pulls, count.LimitedReads);

    private static RequestDocument Document(RequestCount count) => new(count.Mode, count.Buckets.Sum(), count.Seconds, count.Buckets);

    private static NodeDocument Document(DrngReport node) => new(
        node.Node,
        node.FullySeeded,
        node.Seedings,
        node.GeneratedBytes,
        node.RequestsUntilReseed,
        node.SinceSeeding?.TotalSeconds,
        node.OutputBytesLeft);

    private static SourceDocument Document(
        SourceReport source, IReadOnlyDictionary<string, string> properties, SamplingDocument? sampling) => new(
        source.Name,
        NameOf(source.Status.State),
        source.Status.Credit,
        source.AvailableBits,
        source.CreditedBits,
        source.Status.Reason,
        source.Status.Details,
        properties,
        source.Status.Health is { } health ? Document(health) : null,
        sampling);

    private static HardwareRngDocument Document(HardwareRngStatus feed) => new(
        feed.Name,
        NameOf(feed.State),
        feed.Quality,
        feed.Credit,
        feed.Reason,
        feed.ReadBytes,
        feed.CreditedBits,
        Document(feed.Health));

    private static HealthDocument Document(SourceHealth health) => new(
        health.RepetitionIntermittent,
        health.RepetitionPermanent,
        health.ProportionIntermittent,
        health.ProportionPermanent,
        health.Window,
        health.Failures,
        health.LastFailure);

    private static SamplingDocument? SamplingOf(string source, IReadOnlyList<EventStatus> events)
    {
        TimerEvent? wanted = source switch
        {
            "IRQ" => TimerEvent.Interrupt,
            "Scheduler" => TimerEvent.Switch,
            _ => null,
        };
        EventStatus? vectors = wanted == TimerEvent.Interrupt ? events.FirstOrDefault(status => status.Event == TimerEvent.Vector) : null;
        return events.FirstOrDefault(status => status.Event == wanted) is { } found ? Document(found, vectors?.Records ?? 0) : null;
    }

    private static SamplingDocument Document(EventStatus status, ulong mixed) => new(
        status.Path switch
        {
            SamplingPath.PerfEvents => "perf",
            SamplingPath.ProcInterrupts => "proc_interrupts",
            _ => "none",
        },
        status.Reason,
        status.Cpus,
        status.Sampling,
        status.Counted,
        status.Samples,
        status.Records,
        status.Dependent,
        status.Lost,
        status.Throttled,
        status.Windows,
        status.LargestPeriod,
        status.Unreadable,
        mixed);

    private static string NameOf(SeedLevel level) => level switch
    {
        SeedLevel.FullySeeded => "fully_seeded",
        SeedLevel.MinimallySeeded => "minimally_seeded",
        SeedLevel.InitiallySeeded => "initially_seeded",
        _ => "unseeded",
    };

    private static string NameOf(SourceState state) => state switch
    {
        SourceState.Running => "running",
        SourceState.Starting => "starting",
        SourceState.Waiting => "waiting",
        SourceState.Failed => "failed",
        _ => "unavailable",
    };
}
