// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Tests.Crypto;

/// <summary>
/// LRNG's ChaCha20 DRNG written down step by step in the plainest form, sharing nothing with the engine: an independent answer
/// to compare with. (update, seed and generate of drng_chacha20.c.)
/// </summary>
internal sealed class ChaCha20DrngModel
{
    private readonly uint[] _state = new uint[16];

    public ChaCha20DrngModel(ReadOnlySpan<uint> state) => state.CopyTo(_state);

    public ReadOnlySpan<uint> State => _state;

    public void Seed(byte[] data)
    {
        foreach (byte[] piece in data.Chunk(32))
        {
            for (int i = 0; i < piece.Length; i++)
            {
                _state[4 + (i / 4)] ^= (uint)piece[i] << (8 * (i % 4));
            }

            Update([], used: 16);
        }
    }

    public byte[] Generate(int bytes)
    {
        List<byte> output = [];
        while (bytes - output.Count >= 64)
        {
            output.AddRange(Bytes(Block()));
        }

        int remainder = bytes - output.Count;
        if (remainder > 0)
        {
            uint[] last = Block();
            output.AddRange(Bytes(last)[..remainder]);
            Update(last, used: (remainder + 3) / 4);
        }
        else
        {
            Update([], used: 16);
        }

        return [.. output];
    }

    private void Update(uint[] last, int used)
    {
        uint[] material = used <= 8 ? last[used..(used + 8)] : Block()[..8];
        for (int i = 0; i < 8; i++)
        {
            _state[4 + i] ^= material[i];
        }

        if (++_state[13] == 0 && ++_state[14] == 0)
        {
            ++_state[15];
        }
    }

    private uint[] Block()
    {
        uint[] x = [.. _state];
        for (int round = 0; round < 10; round++)
        {
            for (int column = 0; column < 4; column++)
            {
                QuarterRound(x, column, 4 + column, 8 + column, 12 + column);
            }

            for (int diagonal = 0; diagonal < 4; diagonal++)
            {
                QuarterRound(x, diagonal, 4 + ((diagonal + 1) % 4), 8 + ((diagonal + 2) % 4), 12 + ((diagonal + 3) % 4));
            }
        }

        for (int i = 0; i < 16; i++)
        {
            x[i] += _state[i];
        }

        _state[12]++;
        return x;
    }

    private static void QuarterRound(uint[] x, int a, int b, int c, int d)
    {
        x[a] += x[b];
        x[d] = uint.RotateLeft(x[d] ^ x[a], 16);
        x[c] += x[d];
        x[b] = uint.RotateLeft(x[b] ^ x[c], 12);
        x[a] += x[b];
        x[d] = uint.RotateLeft(x[d] ^ x[a], 8);
        x[c] += x[d];
        x[b] = uint.RotateLeft(x[b] ^ x[c], 7);
    }

    private static byte[] Bytes(uint[] words) =>
        [.. words.SelectMany(word => new[] { (byte)word, (byte)(word >> 8), (byte)(word >> 16), (byte)(word >> 24) })];
}
