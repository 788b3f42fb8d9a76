// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
//
// The generator inside of a program, without the daemon: dotnet run --project docs/examples/InProcess

using System.Security.Cryptography;
using LrngEngine;
using LrngEngine.Drng;

using var generator = new LrngGenerator(new LrngGeneratorOptions());
generator.LevelChanged += (_, change) => Console.Error.WriteLine($"seed level: {change.Level}");
generator.Start();

Span<byte> key = stackalloc byte[32];
try
{
    using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
    generator.GetRandomBytesFull(key, patience.Token);
    Console.WriteLine(Convert.ToHexStringLower(key));
}
finally
{
    CryptographicOperations.ZeroMemory(key);
}

LrngStatus status = generator.Status;
Console.WriteLine($"{status.DrngName} ({status.CipherKernel}), {status.SecurityStrengthBits} bits, operational: {status.Operational}");
foreach (SourceReport source in status.Sources)
{
    Console.WriteLine($"{source.Name}: {source.Status.State}, credit {source.Status.Credit} of 256 bits, gave {source.CreditedBits} bits");
}
