// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Interop;

/// <summary>Constants of the system's headers, by their names there. A test compares each with the headers. Where the value is not
/// needed in a constant expression, Tmds.LibC has them too.</summary>
internal static class Linux
{
    internal const int EPERM = 1;
    internal const int ENOENT = 2;
    internal const int EINTR = 4;
    internal const int EIO = 5;
    internal const int ENXIO = 6;
    internal const int EAGAIN = 11;
    internal const int ENOMEM = 12;
    internal const int EACCES = 13;
    internal const int EFAULT = 14;
    internal const int EBUSY = 16;
    internal const int ENODEV = 19;
    internal const int EINVAL = 22;
    internal const int ENFILE = 23;
    internal const int EMFILE = 24;
    internal const int ENOTTY = 25;
    internal const int ENOSYS = 38;
    internal const int EOVERFLOW = 75;
    internal const int EMSGSIZE = 90;
    internal const int EOPNOTSUPP = 95;
    internal const int ENOTCONN = 107;
    internal const int ESTALE = 116;

    internal const uint O_ACCMODE = 3;
    internal const uint O_RDONLY = 0;
    internal const uint O_TRUNC = 0x200;
    internal const uint O_APPEND = 0x400;
    internal const uint O_NONBLOCK = 0x800;

    /// <summary>Includes O_DSYNC.</summary>
    internal const uint O_SYNC = 0x101000;

    internal const int F_OFD_SETLK = 37;
    internal const short F_WRLCK = 1;

    internal const uint POLLIN = 0x0001;
    internal const uint POLLOUT = 0x0004;
    internal const uint POLLERR = 0x0008;
    internal const uint POLLHUP = 0x0010;
    internal const uint POLLNVAL = 0x0020;
    internal const uint POLLRDNORM = 0x0040;
    internal const uint POLLWRNORM = 0x0100;

    internal const uint S_IFMT = 0xf000;
    internal const uint S_IFCHR = 0x2000;
    internal const uint S_IFDIR = 0x4000;
    internal const uint S_IFREG = 0x8000;
    internal const uint S_IFSOCK = 0xc000;

    internal const uint FATTR_MODE = 1;
    internal const uint FATTR_UID = 2;
    internal const uint FATTR_GID = 4;
    internal const uint FATTR_SIZE = 8;

    internal const uint FUSE_READ = 15;
    internal const uint FUSE_INIT = 26;
    internal const uint FUSE_IOCTL = 39;
    internal const uint CUSE_INIT = 4096;

    /// <summary>The first request has its later fields.</summary>
    internal const uint FUSE_INIT_EXT = 1u << 30;

    /// <summary>The caller is a 32-bit program.</summary>
    internal const uint FUSE_IOCTL_COMPAT = 1;

    /// <summary>The server may ask for any memory of the caller: CUSE, never a mount.</summary>
    internal const uint FUSE_IOCTL_UNRESTRICTED = 2;

    internal const uint RNDGETENTCNT = 0x80045200;
    internal const uint RNDADDTOENTCNT = 0x40045201;
    internal const uint RNDADDENTROPY = 0x40085203;
    internal const uint RNDZAPENTCNT = 0x5204;
    internal const uint RNDCLEARPOOL = 0x5206;
    internal const uint RNDRESEEDCRNG = 0x5207;
    internal const uint GRND_NONBLOCK = 1;

    internal const uint MFD_CLOEXEC = 1;
    internal const int MADV_DONTDUMP = 16;
    internal const int MNT_DETACH = 2;
    internal const int PR_SET_DUMPABLE = 4;
    internal const int SOL_SOCKET = 1;
    internal const int SO_PEERCRED = 17;
    internal const int CAP_SYS_ADMIN = 21;
}
