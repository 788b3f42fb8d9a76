// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Hosting.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LrngCuse.Hosting;

/// <summary>Publishes the generation number beside the control socket while the daemon runs. Without it programs keep no output, which
/// costs them time and nothing else: no reason not to start.</summary>
internal sealed class GenerationPublisher(DaemonSettings settings, Generator generator, ILogger logger) : IHostedService, IDisposable
{
    internal const string FileName = "generation";

    private GenerationFile? _file;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        string path = Path.Combine(Path.GetDirectoryName(settings.Socket)!, FileName);
        try
        {
            _file = GenerationFile.Publish(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.GenerationUnpublished(logger, path, error.Message);
            return Task.CompletedTask;
        }

        generator.Manager.OutputOutdated += _file.Raise;
        generator.Manager.Errors.Entered += _file.Revoke;
        if (generator.Manager.Errors.IsEntered)
        {
            _file.Revoke();
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        if (_file is null)
        {
            return;
        }

        generator.Manager.OutputOutdated -= _file.Raise;
        generator.Manager.Errors.Entered -= _file.Revoke;
        _file.Dispose();
        _file = null;
    }
}
