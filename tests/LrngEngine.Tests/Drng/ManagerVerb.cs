// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Tests.Drng;

/// <summary>Kinds of <see cref="ManagerOperation"/>.</summary>
internal enum ManagerVerb
{
    RefillFirst,
    RefillSecond,
    DiscardFirst,
    InsertAuxiliary,
    SetAuxiliary,
    DiscardAuxiliary,
    SwitchHash,
    ReadResistant,
    Generate,
    RequestReseed,
    ForceReseed,
    Turn,
}
