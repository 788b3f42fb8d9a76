// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;

namespace LrngEngine.Tests.Crypto;

/// <summary>A program's own generator: writes down what it is asked for, and gives the number of the request.</summary>
internal sealed class RecordedGenerator : IExternalGenerator
{
    private byte _requests;

    /// <summary>Every seed, and an empty one for every request.</summary>
    public List<byte[]> Calls { get; } = [];

    public int Disposals { get; private set; }

    public bool FailsToSeed { get; set; }

    public void Seed(ReadOnlySpan<byte> seed)
    {
        Calls.Add(seed.ToArray());
        if (FailsToSeed)
        {
            throw new NotSupportedException("broken");
        }
    }

    public void Generate(Span<byte> output)
    {
        Calls.Add([]);
        output.Fill(++_requests);
    }

    public void Dispose() => Disposals++;
}
