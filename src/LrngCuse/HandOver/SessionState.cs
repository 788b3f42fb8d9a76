// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.HandOver;

/// <summary>What a successor has to know of a connection besides its descriptor. Nothing of it is secret.</summary>
/// <param name="Name">Of the node under /dev, or the directory of the mount.</param>
/// <param name="LastFile">How many files were opened: they stay open.</param>
/// <param name="Opening">The kernel's first request (CUSE_INIT, FUSE_INIT), as it came.</param>
/// <param name="Waiting">Requests that were taken and not answered, as they came, the oldest first.</param>
/// <param name="Nodes">Of a mount: the paths below it by the numbers that the kernel knows them by, from 1 on; the root is the first.</param>
internal sealed record SessionState(
    string Name, ulong LastFile, byte[] Opening, IReadOnlyList<byte[]> Waiting, IReadOnlyList<string> Nodes);
