// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Tests.Crypto;

/// <summary>A length of output, 0 to 5000 bytes.</summary>
internal sealed record RequestBytes(int Value);
