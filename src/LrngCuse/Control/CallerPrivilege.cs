// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Globalization;
using System.Net.Sockets;
using LrngCuse.Interop;

namespace LrngCuse.Control;

/// <summary>
/// Whether a caller has CAP_SYS_ADMIN in the daemon's own user namespace. uid 0 alone may be the root of a container, so four
/// facts are asked for: uid 0 as this daemon sees it, the capability in CapEff, no nested pid namespace, and the daemon's own
/// uid map. Whatever cannot be read counts as no.
/// </summary>
internal static class CallerPrivilege
{
    /// <summary>The peer of a control connection.</summary>
    internal static bool HasSysAdmin(Socket socket) => PeerCredentials.Of(socket) is { } peer && HasSysAdmin(peer.ProcessId, peer.UserId);

    /// <summary>A thread that waits for the daemon's answer, and so cannot end meanwhile.</summary>
    internal static bool HasSysAdmin(int threadId, uint userId) => HasSysAdmin(threadId, userId, "/proc");

    internal static bool HasSysAdmin(int processId, uint userId, string proc)
    {
        if (userId != 0)
        {
            return false;
        }

        try
        {
            string caller = Path.Combine(proc, processId.ToString(CultureInfo.InvariantCulture));
            string[] status = File.ReadAllLines(Path.Combine(caller, "status"));
            return HasCapability(Field(status, "CapEff"))
                && Field(status, "NSpid").Split('\t', StringSplitOptions.RemoveEmptyEntries).Length == 1
                && File.ReadAllText(Path.Combine(caller, "uid_map")) == File.ReadAllText(Path.Combine(proc, "self", "uid_map"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool HasCapability(string mask) =>
        ulong.TryParse(mask, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong bits) && ((bits >> Linux.CAP_SYS_ADMIN) & 1) != 0;

    private static string Field(string[] status, string name)
    {
        string prefix = name + ":";
        return Array.Find(status, line => line.StartsWith(prefix, StringComparison.Ordinal))?[prefix.Length..].Trim() ?? "";
    }
}
