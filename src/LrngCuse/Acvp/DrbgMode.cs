// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Crypto;
using LrngEngine.Memory;

namespace LrngCuse.Acvp;

/// <summary>A mode of a DRBG.</summary>
/// <param name="Name">As ACVP names it: "AES-256", "SHA2-512".</param>
/// <param name="Create">Makes an instance of the engine's; the second argument says whether with a derivation function, which only
/// CTR_DRBG can do without.</param>
internal sealed record DrbgMode(string Name, Func<SecretArena, bool, Drbg> Create);
