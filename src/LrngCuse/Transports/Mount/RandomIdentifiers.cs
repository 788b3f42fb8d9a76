// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Drng;

namespace LrngCuse.Transports.Mount;

/// <summary>The UUIDs of boot_id and uuid: random ones, version 4 of RFC 9562, that never wait for a seed. Thread-safe.</summary>
internal sealed class RandomIdentifiers(DrngManager manager)
{
    private readonly Lock _lock = new();

    // Guarded by _lock; null until somebody reads it.
    private Guid? _bootId;

    /// <summary>One for the daemon's life: it cannot know what it said before a restart.</summary>
    internal int WriteBootId(Span<byte> text)
    {
        lock (_lock)
        {
            return Write(_bootId ??= Make(), text);
        }
    }

    /// <summary>A new one each time.</summary>
    internal int WriteUuid(Span<byte> text) => Write(Make(), text);

    private static int Write(Guid identifier, Span<byte> text)
    {
        _ = identifier.TryFormat(text, out int bytes);
        text[bytes] = (byte)'\n';
        return bytes + 1;
    }

    private Guid Make()
    {
        Span<byte> random = stackalloc byte[16];
        manager.Generate(random);

        // version 4, variant 10 (RFC 9562, 5.4)
        random[6] = (byte)((random[6] & 0x0f) | 0x40);
        random[8] = (byte)((random[8] & 0x3f) | 0x80);
        return new Guid(random, bigEndian: true);
    }
}
