// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Sources;
using Microsoft.Extensions.Logging;

namespace LrngEngine;

/// <summary>Every line that the engine logs: state changes, never a secret or an output byte. Texts are LRNG's where it has one.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "LRNG initial entropy level {Bits} bits of entropy")]
    internal static partial void InitiallySeeded(ILogger logger, int bits);

    [LoggerMessage(2, LogLevel.Information, "LRNG minimally seeded with {Bits} bits of entropy")]
    internal static partial void MinimallySeeded(ILogger logger, int bits);

    [LoggerMessage(3, LogLevel.Information, "LRNG fully operational")]
    internal static partial void FullyOperational(ILogger logger);

    [LoggerMessage(4, LogLevel.Information, "LRNG fully seeded with {Bits} bits of entropy")]
    internal static partial void FullySeeded(ILogger logger, int bits);

    [LoggerMessage(5, LogLevel.Debug, "seeding regular DRNG with {Bytes} bytes")]
    internal static partial void Seeding(ILogger logger, int bytes);

    [LoggerMessage(6, LogLevel.Debug, "obtained {Bits} bits of entropy from {Source} entropy source")]
    internal static partial void Obtained(ILogger logger, int bits, string source);

    [LoggerMessage(7, LogLevel.Debug,
        "Force fully seeding level for regular DRNG by repeatedly pull entropy from available entropy sources")]
    internal static partial void ForceSeeding(ILogger logger);

    [LoggerMessage(8, LogLevel.Warning,
        "not seeded yet: {CollectedBits} of {NeededBits} bits collected{Rule}; blocking readers wait; sources: {Sources}")]
    internal static partial void NotSeeded(ILogger logger, int collectedBits, int neededBits, string rule, string sources);

    [LoggerMessage(9, LogLevel.Error, "entropy source {Source} failed while it was read; it counts 0 bits")]
    internal static partial void SourceThrew(ILogger logger, string source, Exception error);

    [LoggerMessage(10, LogLevel.Information, "entropy source {Source}: {State}, credited {Credit} of 256 bits: {Reason}")]
    internal static partial void SourceChanged(ILogger logger, string source, SourceState state, int credit, string reason);

    [LoggerMessage(12, LogLevel.Warning, "LRNG set to non-operational")]
    internal static partial void NonOperational(ILogger logger);

    [LoggerMessage(13, LogLevel.Warning, "DRNG of node {Node} is not fully seeded any more; the first one serves its CPUs")]
    internal static partial void NodeLostSeed(ILogger logger, int node);

    [LoggerMessage(15, LogLevel.Information, "regular DRNG of node {Node} fully seeded with {Bits} bits of entropy")]
    internal static partial void NodeFullySeeded(ILogger logger, int node, int bits);

    [LoggerMessage(60, LogLevel.Debug, "DRNG of NUMA node {Node} switched")]
    internal static partial void NodeSwitched(ILogger logger, int node);

    [LoggerMessage(61, LogLevel.Information, "DRNG switched from {Before} to {Now}")]
    internal static partial void DrngSwitched(ILogger logger, string before, string now);

    [LoggerMessage(62, LogLevel.Information, "conditioning hash switched from {Before} to {Now}")]
    internal static partial void HashSwitched(ILogger logger, string before, string now);

    [LoggerMessage(14, LogLevel.Information, "all {Count} DRNG instances fully seeded")]
    internal static partial void AllNodesSeeded(ILogger logger, int count);

    [LoggerMessage(16, LogLevel.Debug,
        "obtained {Bits} bits by collecting {Taken} bits of entropy from aux pool, {Left} bits of entropy remaining")]
    internal static partial void AuxiliaryObtained(ILogger logger, int bits, int taken, int left);

    [LoggerMessage(17, LogLevel.Debug, "pulled {Bits} bits from CPU RNG entropy source")]
    internal static partial void CpuPulled(ILogger logger, long bits);

    [LoggerMessage(18, LogLevel.Warning, "reset LRNG: {Reason}")]
    internal static partial void Reset(ILogger logger, string reason);

    [LoggerMessage(70, LogLevel.Information, "hardware generator {Name}: {State}, credited {Credit} of 256 bits: {Reason}")]
    internal static partial void HardwareChanged(ILogger logger, string name, SourceState state, int credit, string reason);

    [LoggerMessage(71, LogLevel.Warning, "health test failure of hardware generator {Name}: {Failure}; {Consequence}")]
    internal static partial void HardwareTestFailed(ILogger logger, string name, string failure, string consequence);

    [LoggerMessage(11, LogLevel.Critical, "a seeding failed; it is tried again every second")]
    internal static partial void WorkerFailed(ILogger logger, Exception error);

    [LoggerMessage(30, LogLevel.Debug, "{Used} {Events} used from entropy {Store} of CPU {Cpu}, {Left} {EventsLeft} remain unused")]
    internal static partial void TimerEventsUsed(
        ILogger logger, long used, string events, string store, int cpu, long left, string eventsLeft);

    [LoggerMessage(31, LogLevel.Debug, "obtained {Bits} bits by collecting {Collected} bits of entropy from {Noise} noise source")]
    internal static partial void TimerObtained(ILogger logger, int bits, int collected, string noise);

    [LoggerMessage(32, LogLevel.Information, "Setting GCD to {Divisor}")]
    internal static partial void Divisor(ILogger logger, uint divisor);

    [LoggerMessage(33, LogLevel.Warning, "calculated GCD is larger than expected: {Divisor}")]
    internal static partial void LargeDivisor(ILogger logger, ulong divisor);

    [LoggerMessage(34, LogLevel.Information, "SP800-90B startup health tests for internal entropy source {Source} completed")]
    internal static partial void StartupCompleted(ILogger logger, string source);

    [LoggerMessage(35, LogLevel.Warning, "SP800-90B startup test failure for internal entropy source {Source} - resetting: {Reason}")]
    internal static partial void StartupFailed(ILogger logger, string source, string reason);

    [LoggerMessage(36, LogLevel.Warning,
        "SP800-90B runtime health test failure for internal entropy source {Source} - "
        + "invalidating all existing entropy and initiate SP800-90B startup: {Reason}")]
    internal static partial void RuntimeTestFailed(ILogger logger, string source, string reason);

    [LoggerMessage(37, LogLevel.Error, "SP800-90B permanent health test failure for internal entropy source {Source}: {Reason}")]
    internal static partial void PermanentTestFailed(ILogger logger, string source, string reason);

    [LoggerMessage(38, LogLevel.Warning,
        "operating without high-resolution timer and applying {Source} oversampling factor {Factor}")]
    internal static partial void LowResolutionTimer(ILogger logger, string source, int factor);

    [LoggerMessage(39, LogLevel.Warning,
        "Force continuous compression operation to ensure LRNG can hold enough entropy: {Slots} slots for source {Source}")]
    internal static partial void CompressionForced(ILogger logger, int slots, string source);

    [LoggerMessage(45, LogLevel.Critical, "a health test failed for good, and the policy is to stop: nobody gets a byte any more: {Reason}")]
    internal static partial void StoppedByHealthTest(ILogger logger, string reason);

    [LoggerMessage(40, LogLevel.Warning,
        "no entropy source is credited: {Sources}; not operational until entropy is added to the auxiliary pool")]
    internal static partial void NoCreditedSource(ILogger logger, string sources);

    [LoggerMessage(41, LogLevel.Error, "a handler of a changed seed level failed")]
    internal static partial void LevelHandlerFailed(ILogger logger, Exception error);

    [LoggerMessage(EventId = 50, Message = "LRNG self-tests passed ({Count} known answers)")]
    internal static partial void SelfTestsPassed(ILogger logger, LogLevel level, int count);

    [LoggerMessage(51, LogLevel.Critical, "LRNG self-test {Test} failed: {Problem}; the generator is in the error state and gives nothing any more")]
    internal static partial void SelfTestFailed(ILogger logger, string test, string problem);

    [LoggerMessage(52, LogLevel.Error, "self-tests could not be run: {Reason}; they are tried again in ten minutes")]
    internal static partial void SelfTestsNotRun(ILogger logger, string reason);
}
