// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Globalization;
using LrngCuse.Hosting.Configuration;
using LrngEngine;
using Microsoft.Extensions.Logging;

namespace LrngCuse.Hosting;

/// <summary>
/// Takes over a configuration that was read again, while readers go on. All of it is looked at before anything changes; what cannot
/// change at run time stays, and is named. What `lrng set` changed becomes what the configuration says.
/// </summary>
internal sealed class Reload(Generator generator, LogLevels levels, ILogger logger)
{
    private const string Mechanism = "drng.mechanism";
    private const string Hash = "seeding.hash";

    // Stands for other settings, which are compared themselves.
    private const string ProfileKey = "seeding.profile";

    private static readonly string[] s_credits = ["jitter.credit", "cpu.credit", "kernel.credit"];
    private static readonly string[] s_changeable = [Mechanism, Hash, .. s_credits, "drng.reseed_seconds", "serve.log_level", "seeding.debug", ProfileKey];

    /// <summary>Applies what may change.</summary>
    /// <param name="wanted">The new configuration, right in itself.</param>
    /// <exception cref="CommandException">It cannot stand beside the settings that stay, or there is no memory for it; nothing has
    /// changed.</exception>
    /// <exception cref="GeneratorFailedException">The generator is in the error state; nothing has changed.</exception>
    internal void Apply(DaemonSettings wanted)
    {
        DaemonSettings running = generator.Settings;
        List<string> changed =
            [.. DaemonSettings.All.Select(setting => setting.Key).Where(key => running.ValueOf(key) != wanted.ValueOf(key))];
        string[] later = [.. changed.Except(s_changeable)];
        IniEntry[] now = [.. changed.Intersect(s_changeable).Select(key => new IniEntry(key, wanted.ValueOf(key), wanted.OriginOf(key)))];
        IReadOnlyList<CommandException> mistakes = SettingsLoader.MistakesTogether(running.With(now));
        if (mistakes.Count > 0)
        {
            throw new CommandException(mistakes);
        }

        Switch(now, running);
        foreach (IniEntry change in now)
        {
            Change(change, running);
        }

        // It may also have been written to urandom_min_reseed_secs.
        _ = generator.Manager.TrySetMaximumReseedSeconds((int)wanted.ReseedAge.TotalSeconds);
        string[] told = [.. now.Where(change => change.Key != ProfileKey).Select(change => $"{change.Key} = {change.Value} ({change.Origin})")];
        Log.Reloaded(logger, told.Length > 0 ? string.Join(", ", told) : "nothing changed");
        if (later.Length > 0)
        {
            Log.RestartNeeded(logger, string.Join(", ", later.Select(key => $"{key} = {wanted.ValueOf(key)} ({wanted.OriginOf(key)})")));
        }

        // Last, so that these lines are there even if they would not be from now on.
        levels.Change(generator.Settings);
    }

    // What can fail comes first: both or none.
    private void Switch(IniEntry[] now, DaemonSettings running)
    {
        IniEntry? mechanism = now.FirstOrDefault(change => change.Key == Mechanism);
        IniEntry? hash = now.FirstOrDefault(change => change.Key == Hash);
        if (mechanism is not null)
        {
            generator.SwitchDrng(mechanism.Value, mechanism.Origin);
        }

        if (hash is null)
        {
            return;
        }

        try
        {
            generator.SwitchHash(hash.Value, hash.Origin);
        }
        catch (CommandException) when (mechanism is not null)
        {
            generator.SwitchDrng(running.Mechanism, running.OriginOf(Mechanism));
            throw;
        }
    }

    private void Change(IniEntry change, DaemonSettings running)
    {
        string section = change.Key.Split('.')[0];
        if (change.Key is Mechanism or Hash)
        {
            return;
        }

        // A source that is switched off has no credit to change; the setting counts when it is switched on.
        if (!s_credits.Contains(change.Key) || !running.IsEnabled(section))
        {
            generator.Remember(change);
            return;
        }

        _ = generator.TrySetCredit(section, int.Parse(change.Value, CultureInfo.InvariantCulture), change.Origin);
    }
}
