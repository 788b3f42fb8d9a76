// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
//
// LrngBench [ROUNDS [DRNG...]]: what each DRNG generates in a second, a request at a time and each with the update of the state that
// follows it, beside OpenSSL's EVP_RAND of the same kind (ChaCha20: its key stream, with the next key taken out of it after each
// request, as OpenSSL has no such DRNG), in turns in one process, the few
// nanoseconds of the call into libcrypto counted to OpenSSL. To be run on one CPU.

using System.Globalization;
using LrngBench;
using LrngEngine.Crypto;
using LrngEngine.Memory;

int rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 9;
HashSet<string> wanted = [.. args.Skip(1)];
TimeSpan roundTime = TimeSpan.FromMilliseconds(10);
int[] sizes = [16, 64, 256, 1024, 4096, 65536];

using var arena = new SecretArena(64 * 1024);
using var resources = new Resources();
List<Measurement> measurements = [];
foreach (DrngFactory factory in Drngs.All.Where(known => wanted.Count == 0 || wanted.Contains(known.Name)))
{
    Drng drng = factory.Create(arena);
    drng.Seed(new byte[48]);
    IReference? reference = factory.Name == Drngs.Default.Name ? new OpenSslChaCha20() : OpenSslDrbg.Create(factory.Name);
    resources.Add(drng);
    resources.Add(reference);
    Action<byte[]>? serve = reference is null ? null : output => reference.Generate(output);
    measurements.AddRange(sizes.Select(size => new Measurement(factory.Name, factory.Kernel, size, output => drng.Generate(output), serve)));
}

for (int round = 0; round < rounds; round++)
{
    measurements.ForEach(one => one.Round(roundTime));
}

Console.WriteLine($"{"DRNG",-14}{"kernel",-10}{"request",9}{"lrng",14}{"OpenSSL",14}{"ratio",8}{"slides",14}{"heap bytes a request",22}");
foreach (Measurement one in measurements)
{
    string ratio = one.Ratio is { } found ? found.ToString("F2", CultureInfo.InvariantCulture) : "-";
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{one.Name,-14}{one.Kernel,-10}{one.RequestBytes,7} B{Text(one.Rate),14}{Text(one.ReferenceRate),14}{ratio,8}"
            + $"{Text(Slides(one.Name, one.RequestBytes) * 1e6),14}{one.AllocatedBytes,22:G3}"));
}

return 0;

static string Text(double? rate) => rate switch
{
    null => "-",
    >= 1e9 => string.Create(CultureInfo.InvariantCulture, $"{rate / 1e9:F2} GB/s"),
    _ => string.Create(CultureInfo.InvariantCulture, $"{rate / 1e6:F1} MB/s"),
};

// MB/s in the slides about LRNG of 2022.
static double? Slides(string drng, int bytes) => (drng, bytes) switch
{
    ("chacha20", 16) => 42,
    ("chacha20", 64) => 131,
    ("chacha20", 4096) => 550,
    ("ctr-aes256", 16) => 24,
    ("ctr-aes256", 64) => 96,
    ("ctr-aes256", 4096) => 1250,
    ("hash-sha512", 16) => 13,
    ("hash-sha512", 64) => 51,
    ("hash-sha512", 4096) => 218,
    ("hmac-sha512", 16) => 5,
    ("hmac-sha512", 64) => 23,
    ("hmac-sha512", 4096) => 92,
    _ => null,
};
