// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using static LrngCuse.Interop.Shim;

namespace LrngCuse.Transports;

/// <summary>Answers the requests of one session. Called on several threads.</summary>
internal unsafe interface ISessionHandler
{
    /// <summary>Answers the request exactly once, now or later, through the shim. The request is valid during the call, its
    /// handle until it is answered. An exception means that it was not answered.</summary>
    void Handle(lrng_shim_request* request, Span<byte> output);

    /// <summary>The caller of the parked request with this token got a signal.</summary>
    void Interrupted(ulong token);
}
