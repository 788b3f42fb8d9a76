// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Device;

namespace LrngCuse.Control;

/// <summary>A get that waits like any other reader of the device. Its bytes stay in native memory.</summary>
internal sealed class ControlRead(ReadMode mode) : PendingRead(mode), IDisposable
{
    private readonly OutputBuffer _output = new(mode.Bytes);
    private readonly TaskCompletionSource<int> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Number of bytes in <see cref="Output"/>, or a negative errno.</summary>
    internal Task<int> Done => _done.Task;

    internal OutputBuffer Output => _output;

    public void Dispose() => _output.Dispose();

    protected override void SendData(ReadOnlySpan<byte> output)
    {
        output.CopyTo(_output.Span);
        _done.SetResult(output.Length);
    }

    protected override void SendError(int errno) => _done.SetResult(-errno);
}
