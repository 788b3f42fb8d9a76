// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Transports.Mount;

/// <summary>What has a name in the mount: a <see cref="MountDirectory"/>, a <see cref="DeviceFile"/>, a <see cref="TextFile"/>, a
/// <see cref="SysctlFile"/>, a <see cref="RecordingFile"/> or a <see cref="HashFile"/>.</summary>
internal abstract class MountNode
{
    private protected MountNode(string name, uint mode)
    {
        Name = name;
        Mode = mode;
    }

    /// <summary>Its name in its directory; empty for the root.</summary>
    internal string Name { get; }

    /// <summary>Type and permissions as in st_mode.</summary>
    internal uint Mode { get; }
}
