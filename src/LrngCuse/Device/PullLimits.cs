// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Device;

/// <summary>
/// How many pulls of the sources one user, and one cgroup, may cause by prediction-resistant reads and by seeds. Pulls, not bytes: a
/// read of one byte costs the sources as much as one of 32. One thread's, that of the parked requests.
/// </summary>
internal sealed class PullLimits
{
    private readonly RateLimit<uint>? _users;
    private readonly RateLimit<string>? _cgroups;

    /// <param name="perSecondPerUser">Null: no limit.</param>
    /// <param name="perSecondPerCgroup">Null: no limit.</param>
    /// <param name="clock">Tells the time.</param>
    internal PullLimits(int? perSecondPerUser, int? perSecondPerCgroup, TimeProvider clock)
    {
        _users = perSecondPerUser is { } user ? new RateLimit<uint>(user, clock) : null;
        _cgroups = perSecondPerCgroup is { } cgroup ? new RateLimit<string>(cgroup, clock) : null;
    }

    /// <summary>How long until somebody may have a pull; zero if now.</summary>
    internal TimeSpan WaitFor(Consumer? consumer)
    {
        if (consumer is null or { Unlimited: true })
        {
            return TimeSpan.Zero;
        }

        TimeSpan user = _users?.WaitFor(consumer.UserId) ?? TimeSpan.Zero;
        TimeSpan cgroup = _cgroups?.WaitFor(consumer.Cgroup) ?? TimeSpan.Zero;
        return user > cgroup ? user : cgroup;
    }

    /// <summary>A pull was made for somebody.</summary>
    internal void Charge(Consumer? consumer)
    {
        if (consumer is { Unlimited: false })
        {
            _users?.Charge(consumer.UserId);
            _cgroups?.Charge(consumer.Cgroup);
        }
    }
}
