// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Sources.HardwareRng;

/// <summary>What the feed from a hardware generator says of itself.</summary>
/// <param name="Name">The generator, as the kernel names it; null if that is not known.</param>
/// <param name="Quality">Its quality in 1024 as the kernel states it; null if that is not known.</param>
/// <param name="State">Unavailable: cannot be opened; Starting: its first bytes are tested; Waiting: it gives nothing just now; Failed: a
/// health test failed for good.</param>
/// <param name="Credit">Credited bits for every 256 data bits that are read now.</param>
/// <param name="Reason">Why this state and this credit.</param>
/// <param name="ReadBytes">Bytes read so far.</param>
/// <param name="CreditedBits">Bits credited to the auxiliary pool for them.</param>
/// <param name="Health">The tests on its bytes.</param>
internal sealed record HardwareRngStatus(
    string? Name, int? Quality, SourceState State, int Credit, string Reason, long ReadBytes, long CreditedBits, SourceHealth Health);
