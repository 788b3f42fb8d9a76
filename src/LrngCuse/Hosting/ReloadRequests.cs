// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Threading.Channels;

namespace LrngCuse.Hosting;

/// <summary>SIGHUPs that were not answered yet: any number of them is one request.</summary>
internal sealed class ReloadRequests
{
    private readonly Channel<bool> _channel = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>Does not block.</summary>
    internal void Add() => _ = _channel.Writer.TryWrite(true);

    /// <summary>Waits for the next request and takes it.</summary>
    internal async Task TakeAsync(CancellationToken cancellation) => _ = await _channel.Reader.ReadAsync(cancellation);
}
