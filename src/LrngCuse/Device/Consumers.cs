// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Device;

/// <summary>Tells who a caller is. Thread-safe.</summary>
/// <param name="cgroupOf">The cgroup of a thread.</param>
/// <param name="hasSysAdmin">Whether a thread with this user has CAP_SYS_ADMIN; null: nobody is limited, and nobody asks.</param>
internal sealed class Consumers(Func<int, string> cgroupOf, Func<int, uint, bool>? hasSysAdmin)
{
    internal ConsumerClasses Classes { get; } = new();

    /// <summary>Somebody opens a file, and waits for the answer: what /proc says of the thread is true.</summary>
    internal Consumer Enter(int threadId, uint userId)
    {
        string cgroup = cgroupOf(threadId);
        bool unlimited = hasSysAdmin is null || hasSysAdmin(threadId, userId);
        return new Consumer(userId, cgroup, unlimited, Classes.Enter(cgroup));
    }

    /// <summary>The file is closed for good.</summary>
    internal void Leave(Consumer consumer) => Classes.Leave(consumer.Class);
}
