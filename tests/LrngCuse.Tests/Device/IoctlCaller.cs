// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Device;
using LrngEngine.Drng;
using LrngEngine.Tests.Drng;

namespace LrngCuse.Tests.Device;

/// <summary>Plays the kernel for ioctls: brings what is asked for from a made-up memory and puts the answer there.</summary>
internal sealed class IoctlCaller : IDisposable
{
    internal const int ThreadId = 4711;
    internal const uint UserId = 7;

    /// <summary>Where the memory begins.</summary>
    internal const ulong Address = 0x10000;

    private readonly DeviceFixture _fixture;
    private readonly DeviceIoctls _ioctls;

    internal IoctlCaller(int bitsPerPull, DrngManagerOptions? options = null, int memoryBytes = 4096)
    {
        Source = new ScriptedSource("JitterRNG", bitsPerPull);
        _fixture = new DeviceFixture(Source, options: options);
        _ioctls = new DeviceIoctls(_fixture.Engine.Manager, (thread, user) =>
        {
            PrivilegeLookups++;
            Assert.That((thread, user), Is.EqualTo((ThreadId, UserId)));
            return Privileged;
        });
        Memory = new byte[memoryBytes];
    }

    internal ScriptedSource Source { get; }

    internal ManagerFixture Engine => _fixture.Engine;

    internal byte[] Memory { get; }

    internal bool Privileged { get; set; } = true;

    internal int PrivilegeLookups { get; private set; }

    internal bool Compat { get; set; }

    internal bool NonBlocking { get; set; }

    /// <summary>A mount: what comes is what the number says, and nothing can be asked for.</summary>
    internal bool Restricted { get; set; }

    /// <summary>Rounds of the last ioctl.</summary>
    internal int Rounds { get; private set; }

    /// <summary>Called before each round but the first.</summary>
    internal Action OnAsked { get; set; } = () => { };

    internal void Put(int offset, params ReadOnlySpan<int> words) =>
        System.Runtime.InteropServices.MemoryMarshal.AsBytes(words).CopyTo(Memory.AsSpan(offset));

    internal int Int(int offset) => BitConverter.ToInt32(Memory, offset);

    /// <summary>One round.</summary>
    internal IoctlOutcome Round(uint command, ReadOnlySpan<byte> input, int outputBytes, ulong argument = Address) =>
        _ioctls.Handle(new IoctlRequest
        {
            Command = command,
            Argument = argument,
            Input = input,
            OutputBytes = outputBytes,
            MayAsk = !Restricted,
            Compat = Compat,
            NonBlocking = NonBlocking,
            ThreadId = ThreadId,
            UserId = UserId,
        });

    /// <summary>A whole ioctl.</summary>
    /// <returns>What it came to; an address outside the memory gives null, as the kernel's EFAULT.</returns>
    internal IoctlOutcome? Call(uint command, ulong argument = Address)
    {
        IoctlRange? input = Restricted ? ByNumber(command, 1, argument) : null;
        IReadOnlyList<IoctlRange> output = Restricted && ByNumber(command, 2, argument) is { } range ? [range] : [];
        for (Rounds = 1; ; Rounds++)
        {
            byte[] fetched = [];
            if (input is { } wanted && !TryRead(wanted, out fetched))
            {
                return null;
            }

            int room = output.Sum(piece => piece.Bytes);
            IoctlOutcome outcome = Round(command, fetched, room, argument);
            if (outcome is not IoctlOutcome.Ask ask)
            {
                return outcome is not IoctlOutcome.Return done || Write(output, done.Output.Span) ? outcome : null;
            }

            (input, output) = (ask.Input, ask.Output);
            OnAsked();
        }
    }

    /// <summary>A whole ioctl that is answered at once.</summary>
    internal int Result(uint command, ulong argument = Address) => ((IoctlOutcome.Return)Call(command, argument)!).Result;

    public void Dispose() => _fixture.Dispose();

    // _IOC_DIR and _IOC_SIZE: 1 for the caller's data, 2 for an answer.
    private static IoctlRange? ByNumber(uint command, uint direction, ulong argument) =>
        ((command >> 30) & direction) != 0 ? new IoctlRange(argument, (int)((command >> 16) & 0x3fff)) : null;

    private bool Contains(IoctlRange range, int bytes) =>
        range.Address >= Address && range.Address - Address <= (ulong)(Memory.Length - bytes);

    private bool TryRead(IoctlRange range, out byte[] data)
    {
        Assert.That(range.Bytes, Is.LessThanOrEqualTo(RandomDevice.MaximumRequestBytes), "the kernel refuses more");
        data = [];
        if (range.Bytes > Memory.Length || !Contains(range, range.Bytes))
        {
            return false;
        }

        data = Memory.AsSpan((int)(range.Address - Address), range.Bytes).ToArray();
        return true;
    }

    private bool Write(IReadOnlyList<IoctlRange> ranges, ReadOnlySpan<byte> output)
    {
        Assert.That(output.Length, Is.LessThanOrEqualTo(ranges.Sum(range => range.Bytes)), "the kernel would say EIO");
        foreach (IoctlRange range in ranges)
        {
            int bytes = Math.Min(range.Bytes, output.Length);
            if (bytes == 0)
            {
                break;
            }

            if (bytes > Memory.Length || !Contains(range, bytes))
            {
                return false;
            }

            output[..bytes].CopyTo(Memory.AsSpan((int)(range.Address - Address)));
            output = output[bytes..];
        }

        return true;
    }
}
