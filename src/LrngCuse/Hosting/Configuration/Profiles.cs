// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Hosting.Configuration;

/// <summary>The profiles that seeding.profile names. Each is a design for its purpose; none makes a generator validated.</summary>
internal static class Profiles
{
    internal static Profile Default { get; } = Create("default", "what is safe on a machine that nobody has assessed");

    internal static IReadOnlyList<Profile> All { get; } =
    [
        Default,

        // Kconfig of v59: interrupts are the credited timer source, the CPU gives 8 bits; the other sources are off, as is what
        // LRNG does not have.
        Create(
            "lrng",
            "LRNG's own defaults: entropy from interrupts, one bit an event, and the CPU",
            ("seeding.hash", "sha256"),
            ("drng.clone_guard", "off"),
            ("interrupts.events_per_256_bits", "256"),
            ("scheduler.enabled", "no"),
            ("jitter.enabled", "no"),
            ("kernel.enabled", "no")),

        // 8.6.7 and 10 of SP 800-90A for the mechanism; the kernel's generator has no credit with sp800_90c.
        Create(
            "sp800-90c",
            "the seeding amounts of SP 800-90C, and a DRBG of SP 800-90A",
            ("seeding.sp800_90c", "yes"),
            ("drng.mechanism", "hash-sha512")),

        // NTG.1.1 asks for raw data, which the kernel's generator has none of; and it is no second source of noise.
        Create(
            "ntg1",
            "AIS 20/31 NTG.1: two sources of 240 bits each for a first seed, the kernel's generator not among them",
            ("seeding.ntg1", "2024"),
            ("kernel.credit", "0")),

        // One physical source: what feeds the auxiliary pool. Everything else is mixed in without credit.
        Create(
            "rbg2p",
            "SP 800-90C RBG2(P): only what is fed to the device with credit counts, which is to be one physical source",
            ("seeding.sp800_90c", "yes"),
            ("drng.mechanism", "hash-sha512"),
            ("jitter.credit", "0"),
            ("cpu.credit", "0"),
            ("kernel.credit", "0")),
        Create(
            "drg4",
            "AIS 20/31 DRG.4: at most 2^17 bits of output between two full seeds, of what is fed to the device with credit, "
                + "which is to be a PTG.2 or PTG.3",
            ("seeding.drg4", "yes"),
            ("jitter.credit", "0"),
            ("cpu.credit", "0"),
            ("kernel.credit", "0")),
        Create(
            "embedded",
            "little memory and CPU time: no sampling of context switches, small arrays, few blocks ahead, SHA-256",
            ("seeding.hash", "sha256"),
            ("interrupts.collection_size", "256"),
            ("scheduler.enabled", "no"),
            ("jitter.buffer_blocks", "32")),
    ];

    /// <param name="name">A name that seeding.profile accepts.</param>
    internal static Profile Find(string name) => All.Single(profile => profile.Name == name);

    private static Profile Create(string name, string purpose, params (string Key, string Value)[] values) =>
        new(name, purpose, values.ToDictionary(value => value.Key, value => value.Value));
}
