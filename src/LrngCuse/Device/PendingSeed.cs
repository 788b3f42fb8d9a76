// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Device;

/// <summary>Somebody waits for a seed for a DRNG of its own (LRNG_GETSEED, reference 7.3).</summary>
/// <param name="fullySeeded">That DRNG was fully seeded before.</param>
/// <param name="nonBlocking">Waits for its turn only: not for the generator, nor for the sources to have anything.</param>
/// <param name="consumer">Who is counted and limited; null: nobody.</param>
internal abstract class PendingSeed(bool fullySeeded, bool nonBlocking, Consumer? consumer = null) : PendingRequest
{
    internal bool FullySeeded { get; } = fullySeeded;

    internal bool NonBlocking { get; } = nonBlocking;

    internal override bool TakesPull => true;

    internal override Consumer? Consumer => consumer;
}
