// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Sampling;

/// <summary>What happened at the time that a record stamps.</summary>
internal enum TimerEvent
{
    /// <summary>A device's interrupt: tracepoint irq:irq_handler_entry.</summary>
    Interrupt,

    /// <summary>A CPU went over to another thread: tracepoint sched:sched_switch.</summary>
    Switch,

    /// <summary>An interrupt of the CPUs themselves, such as those of timers: tracepoints irq_vectors:NAME_entry. Periodic, or caused by
    /// whoever wakes another thread, this daemon among them: to be mixed in, never credited.</summary>
    Vector,
}
