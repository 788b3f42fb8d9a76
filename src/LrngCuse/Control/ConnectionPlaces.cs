// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Globalization;

namespace LrngCuse.Control;

/// <summary>How many control connections there may be at a time. Anybody may connect and wait as long as he likes, so each user has a
/// limit, and administrators have places that nobody else can take. Thread-safe.</summary>
internal sealed class ConnectionPlaces
{
    /// <summary>Of one user.</summary>
    internal const int PerUser = 32;

    /// <summary>Of all users together: who owns subordinate uids counts as many users.</summary>
    internal const int OfUsers = 256;

    /// <summary>Of callers with CAP_SYS_ADMIN.</summary>
    internal const int OfAdministrators = 64;

    private readonly Lock _lock = new();

    // All below guarded by _lock. A user without a connection has no entry.
    private readonly Dictionary<uint, int> _ofUser = [];
    private int _ofUsers;
    private int _ofAdministrators;

    /// <summary>Takes a place.</summary>
    /// <param name="user">The caller's uid; null for an administrator.</param>
    /// <returns>Why there is none; null if it was taken.</returns>
    internal string? Take(uint? user)
    {
        lock (_lock)
        {
            if (user is not { } uid)
            {
                if (_ofAdministrators >= OfAdministrators)
                {
                    return $"administrators have {OfAdministrators} control connections already";
                }

                _ofAdministrators++;
                return null;
            }

            int his = _ofUser.GetValueOrDefault(uid);
            if (his >= PerUser)
            {
                return string.Create(CultureInfo.InvariantCulture, $"user {uid} has {PerUser} control connections already");
            }

            if (_ofUsers >= OfUsers)
            {
                return $"the daemon has {OfUsers} control connections already";
            }

            _ofUser[uid] = his + 1;
            _ofUsers++;
            return null;
        }
    }

    /// <summary>Gives one back.</summary>
    /// <param name="user">As it was taken.</param>
    internal void Release(uint? user)
    {
        lock (_lock)
        {
            if (user is not { } uid)
            {
                _ofAdministrators--;
                return;
            }

            _ofUsers--;
            if (--_ofUser[uid] == 0)
            {
                _ = _ofUser.Remove(uid);
            }
        }
    }
}
