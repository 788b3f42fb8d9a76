// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using Microsoft.Extensions.Logging;

namespace LrngCuse;

/// <summary>Every line that the program logs. Event ids are stable: an administrator may filter by them.</summary>
internal static partial class Log
{
    [LoggerMessage(101, LogLevel.Information, "serving {Nodes} by {Transport}{Reason}")]
    internal static partial void Serving(ILogger logger, string nodes, string transport, string reason);

    [LoggerMessage(102, LogLevel.Information, "stopping: {Parked} parked readers get an error")]
    internal static partial void Stopping(ILogger logger, int parked);

    [LoggerMessage(119, LogLevel.Information, "left {Paths} to the next daemon, with {Waiting} requests that wait")]
    internal static partial void HandedOver(ILogger logger, string paths, int waiting);

    [LoggerMessage(120, LogLevel.Warning, "cannot leave {Paths} to the next daemon, they end: {Reason}")]
    internal static partial void NotHandedOver(ILogger logger, string paths, string reason);

    [LoggerMessage(121, LogLevel.Information, "took {Paths} over from the daemon before, with {Waiting} requests that wait")]
    internal static partial void TakenOver(ILogger logger, string paths, int waiting);

    [LoggerMessage(122, LogLevel.Warning, "what the daemon before served ends, and {Paths} begin anew: {Reason}")]
    internal static partial void NotTakenOver(ILogger logger, string paths, string reason);

    [LoggerMessage(123, LogLevel.Warning, "what the daemon before served ends: this one serves {Paths}")]
    internal static partial void OtherTransportEnds(ILogger logger, string paths);

    [LoggerMessage(103, LogLevel.Error, "a parked request failed")]
    internal static partial void ParkedReadFailed(ILogger logger, Exception error);

    [LoggerMessage(104, LogLevel.Error, "a request failed; the caller gets EIO")]
    internal static partial void RequestFailed(ILogger logger, Exception error);

    [LoggerMessage(105, LogLevel.Error, "the kernel ended the connection of {Session}: {Reason}")]
    internal static partial void SessionLost(ILogger logger, string session, string reason);

    [LoggerMessage(106, LogLevel.Warning, "libfuse: {Text}")]
    internal static partial void Libfuse(ILogger logger, string text);

    [LoggerMessage(107, LogLevel.Information, "removed the stale mount of a dead daemon at {Directory}")]
    internal static partial void StaleMountRemoved(ILogger logger, string directory);

    [LoggerMessage(108, LogLevel.Warning, "{Path} is not open to everybody: {Reason}")]
    internal static partial void NodeMode(ILogger logger, string path, string reason);

    [LoggerMessage(109, LogLevel.Warning, "control connection ended: {Reason}")]
    internal static partial void ControlConnectionFailed(ILogger logger, string reason);

    [LoggerMessage(110, LogLevel.Information, "{Source} is sampled by {Path}")]
    internal static partial void Sampling(ILogger logger, string source, string path);

    [LoggerMessage(111, LogLevel.Information, "{Source} takes no events: they are being recorded")]
    internal static partial void Held(ILogger logger, string source);

    [LoggerMessage(112, LogLevel.Information, "{Source} takes events again")]
    internal static partial void Released(ILogger logger, string source);

    [LoggerMessage(114, LogLevel.Information, "the daemon is user {Name} now, uid {User}, gid {Group}, without capabilities")]
    internal static partial void BecameUser(ILogger logger, string name, uint user, uint group);

    [LoggerMessage(113, LogLevel.Critical, "a self-test failed: the daemon ends, as selftest.on_failure = abort says")]
    internal static partial void EndsBySelfTest(ILogger logger);

    [LoggerMessage(118, LogLevel.Warning, "no static node {Path}: {Reason}")]
    internal static partial void NoStaticNode(ILogger logger, string path, string reason);

    [LoggerMessage(117, LogLevel.Information, "not watched for signs that this machine was copied: {What}: {Reason}")]
    internal static partial void NotWatched(ILogger logger, string what, string reason);

    [LoggerMessage(116, LogLevel.Information, "testing/{File} is open: {Source} is recorded when it is read")]
    internal static partial void RecordingOpened(ILogger logger, string file, string source);

    [LoggerMessage(115, LogLevel.Information, "testing/{File} is closed: {Lost} values were lost")]
    internal static partial void RecordingClosed(ILogger logger, string file, long lost);

    [LoggerMessage(130, LogLevel.Warning, "{Path} is not published, so that programs do not keep output of the device: {Reason}")]
    internal static partial void GenerationUnpublished(ILogger logger, string path, string reason);

    [LoggerMessage(140, LogLevel.Information, "configuration read again: {Changes}")]
    internal static partial void Reloaded(ILogger logger, string changes);

    [LoggerMessage(141, LogLevel.Warning, "these settings count after a restart of the daemon: {Settings}")]
    internal static partial void RestartNeeded(ILogger logger, string settings);

    [LoggerMessage(142, LogLevel.Error, "configuration refused, nothing is changed: {Mistake}; {Hint}")]
    internal static partial void ReloadRefused(ILogger logger, string mistake, string hint);

    [LoggerMessage(143, LogLevel.Critical, "the watchdog is not told any more that all is well: {Part} makes no progress")]
    internal static partial void NoProgress(ILogger logger, string part);
}
