// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Device;

/// <summary>Who opened a file, which its reads are counted for and limited by, whoever reads.</summary>
/// <param name="UserId">The user, as the daemon's user namespace numbers it.</param>
/// <param name="Cgroup">The cgroup, cut to what an administrator or an engine made; "unknown" where it cannot be seen.</param>
/// <param name="Unlimited">Has CAP_SYS_ADMIN, by the rule of the ioctls, or there are no limits.</param>
/// <param name="Class">Where its reads are counted.</param>
internal sealed record Consumer(uint UserId, string Cgroup, bool Unlimited, ConsumerClass Class);
