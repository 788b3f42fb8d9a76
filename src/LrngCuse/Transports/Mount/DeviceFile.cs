// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Device;
using LrngCuse.Interop;

namespace LrngCuse.Transports.Mount;

/// <summary>One of the two devices. A regular file: FUSE cannot offer device nodes of its own.</summary>
internal sealed class DeviceFile(string name, DeviceNode device, UnixFileMode permissions)
    : MountNode(name, Linux.S_IFREG | (uint)permissions)
{
    internal DeviceNode Device { get; } = device;
}
