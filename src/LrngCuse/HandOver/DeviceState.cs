// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.HandOver;

/// <summary>What a successor has to know of a device besides its descriptor. Nothing of it is secret.</summary>
/// <param name="Name">Of the node under /dev.</param>
/// <param name="LastFile">How many files were opened: they stay open.</param>
/// <param name="Opening">The kernel's first request (CUSE_INIT), as it came.</param>
/// <param name="Waiting">Requests that were taken and not answered, as they came, the oldest first.</param>
internal sealed record DeviceState(string Name, ulong LastFile, byte[] Opening, IReadOnlyList<byte[]> Waiting);
