// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
//
// What an ioctl of the devices means (reference 7.3 and 7.5; native/include/lrng.h), the same on both. No transport is known
// here and nothing is remembered between the rounds of a request: each round brings the caller's memory as it is then, so that
// a caller that changes it meanwhile is only asked again.

using System.Runtime.InteropServices;
using System.Text;
using LrngCuse.Interop;
using LrngEngine.Drng;

namespace LrngCuse.Device;

/// <summary>Decodes ioctls and does what can be done at once. Thread-safe.</summary>
/// <param name="manager">The generator.</param>
/// <param name="hasSysAdmin">Whether the thread with this id and user has CAP_SYS_ADMIN. Asked before any argument is.</param>
internal sealed class DeviceIoctls(DrngManager manager, Func<int, uint, bool> hasSysAdmin)
{
    private const int IntBytes = sizeof(int);

    // struct rand_pool_info: int entropy_count; int buf_size; then the data.
    private const int PoolInfoBytes = 2 * IntBytes;

    // A shorter buffer cannot even take the word that tells the length.
    private const int SeedLengthBytes = sizeof(ulong);

    private const uint SeedFlags = Linux.GRND_NONBLOCK | LrngHeader.GRND_FULLY_SEEDED;

    private static readonly int s_getSeedBytes = Marshal.SizeOf<LrngHeader.lrng_getseed>();
    private static readonly int s_getStatusBytes = Marshal.SizeOf<LrngHeader.lrng_getstatus>();

    internal IoctlOutcome Handle(in IoctlRequest request) => request.Command switch
    {
        Linux.RNDGETENTCNT => GetEntropyCount(request),
        Linux.RNDADDTOENTCNT or Linux.RNDADDENTROPY or Linux.RNDZAPENTCNT or Linux.RNDCLEARPOOL or Linux.RNDRESEEDCRNG =>
            hasSysAdmin(request.ThreadId, request.UserId) ? Administer(request) : Error(Linux.EPERM),
        LrngHeader.LRNG_GETSEED => GetSeed(request),
        LrngHeader.LRNG_GETSTATUS => GetStatus(request),

        // As random.c and LRNG answer commands that they do not know.
        _ => Error(Linux.EINVAL),
    };

    private static IoctlOutcome.Return Error(int errno) => new(-errno, default);

    private static IoctlOutcome.Return Success() => new(0, default);

    private static IoctlOutcome Ask(in IoctlRequest request, IoctlRange? input, params ReadOnlySpan<IoctlRange> output)
    {
        if (!request.MayAsk)
        {
            return Error(Linux.EOPNOTSUPP);
        }

        // The kernel would call it an error of ours.
        bool reachable = !request.Compat || (input?.Address ?? 0) <= uint.MaxValue;
        foreach (IoctlRange range in output)
        {
            reachable &= !request.Compat || range.Address <= uint.MaxValue;
        }

        return reachable ? new IoctlOutcome.Ask(input, output.ToArray()) : Error(Linux.EFAULT);
    }

    private static IoctlOutcome AskInput(in IoctlRequest request, int bytes) =>
        Ask(request, new IoctlRange(request.Argument, bytes));

    // Bits of the auxiliary pool, less those that its conditioner costs.
    private IoctlOutcome GetEntropyCount(in IoctlRequest request)
    {
        if (request.OutputBytes < IntBytes)
        {
            return Ask(request, null, new IoctlRange(request.Argument, IntBytes));
        }

        byte[] count = new byte[IntBytes];
        MemoryMarshal.Write(count, manager.Auxiliary.AvailableEntropy(manager.Auxiliary.CapacityBits));
        return new IoctlOutcome.Return(0, count);
    }

    private IoctlOutcome Administer(in IoctlRequest request)
    {
        switch (request.Command)
        {
            case Linux.RNDADDTOENTCNT:
                return AddToEntropyCount(request);
            case Linux.RNDADDENTROPY:
                return AddEntropy(request);
            case Linux.RNDRESEEDCRNG:
                manager.RequestReseed();
                return Success();
            default:
                // The content is kept: it does no harm.
                manager.Auxiliary.EntropyBits = 0;
                manager.OutdateOutput();
                return Success();
        }
    }

    private IoctlOutcome AddToEntropyCount(in IoctlRequest request)
    {
        if (request.Input.Length < IntBytes)
        {
            return AskInput(request, IntBytes);
        }

        manager.Auxiliary.AddCredit(MemoryMarshal.Read<int>(request.Input));
        return Success();
    }

    private IoctlOutcome AddEntropy(in IoctlRequest request)
    {
        if (request.Input.Length < PoolInfoBytes)
        {
            return AskInput(request, PoolInfoBytes);
        }

        int bits = MemoryMarshal.Read<int>(request.Input);
        int size = MemoryMarshal.Read<int>(request.Input[IntBytes..]);
        if (bits < 0 || size < 0)
        {
            return Error(Linux.EINVAL);
        }

        if (size > LrngHeader.LRNG_ADDENTROPY_MAX)
        {
            return Error(Linux.ENOMEM);
        }

        ReadOnlySpan<byte> data = request.Input[PoolInfoBytes..];
        if (data.Length < size)
        {
            return AskInput(request, PoolInfoBytes + size);
        }

        // No more entropy than data: min(bits, 8 * size), in 64 bits (reference 14.4).
        long credit = Math.Min(bits, 8L * size);
        manager.Auxiliary.Insert(data[..size], credit);
        if (credit == 0)
        {
            manager.RequestReseed(byFeeder: true);
        }

        return Success();
    }

    private IoctlOutcome GetSeed(in IoctlRequest request)
    {
        if (request.Input.Length < s_getSeedBytes)
        {
            return AskInput(request, s_getSeedBytes);
        }

        var argument = MemoryMarshal.Read<LrngHeader.lrng_getseed>(request.Input);
        if ((argument.flags & ~SeedFlags) != 0 || argument.size < SeedLengthBytes)
        {
            return Error(Linux.EINVAL);
        }

        int total = manager.SeedBytes;
        bool fits = argument.size >= (uint)total;
        int room = fits ? total : SeedLengthBytes;
        if (request.OutputBytes < room)
        {
            return Ask(request, new IoctlRange(request.Argument, s_getSeedBytes), new IoctlRange(argument.buffer, room));
        }

        if (!fits)
        {
            byte[] length = new byte[SeedLengthBytes];
            MemoryMarshal.Write(length, (ulong)total);
            return new IoctlOutcome.Return(-Linux.EMSGSIZE, length);
        }

        if (manager.Errors.IsEntered)
        {
            return Error(Linux.EIO);
        }

        bool nonBlocking = request.NonBlocking || (argument.flags & Linux.GRND_NONBLOCK) != 0;
        return nonBlocking && !manager.AllNodesSeeded
            ? Error(Linux.EAGAIN)
            : new IoctlOutcome.PullSeed((argument.flags & LrngHeader.GRND_FULLY_SEEDED) != 0, nonBlocking);
    }

    // The answer is the structure with the text's length, then the text where it fits.
    private IoctlOutcome GetStatus(in IoctlRequest request)
    {
        if (request.Input.Length < s_getStatusBytes)
        {
            return AskInput(request, s_getStatusBytes);
        }

        var argument = MemoryMarshal.Read<LrngHeader.lrng_getstatus>(request.Input);
        if (argument.reserved != 0)
        {
            return Error(Linux.EINVAL);
        }

        byte[] text = Encoding.UTF8.GetBytes(manager.GetLrngType());
        bool fits = text.Length <= argument.size;
        int written = fits ? text.Length : 0;
        if (request.OutputBytes < s_getStatusBytes + written)
        {
            var itself = new IoctlRange(request.Argument, s_getStatusBytes);
            return Ask(request, itself, itself, new IoctlRange(argument.buffer, written));
        }

        byte[] output = new byte[s_getStatusBytes + written];
        MemoryMarshal.Write(output, argument with { size = (uint)text.Length });
        text.AsSpan(0, written).CopyTo(output.AsSpan(s_getStatusBytes));
        return new IoctlOutcome.Return(fits ? text.Length : -Linux.EMSGSIZE, output);
    }
}
