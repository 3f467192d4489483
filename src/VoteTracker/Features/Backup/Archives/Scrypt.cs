using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace VoteTracker.Features.Backup.Archives;

/// <summary>
/// The key derivation of RFC 7914 with a block size of 8 and without parallel lanes, as the age format uses it. The
/// framework has only its inner function, PBKDF2.
/// </summary>
internal static class Scrypt
{
    private const int BlockSize = 8;
    private const int WordsOfPart = 16;
    private const int Words = 2 * BlockSize * WordsOfPart;

    /// <summary>Derives a key. It takes 2 to the power of `workFactor` KiB of memory.</summary>
    public static byte[] DeriveKey(ReadOnlySpan<byte> passphrase, ReadOnlySpan<byte> salt, int workFactor, int length)
    {
        var block = Expand(passphrase, salt, Words * sizeof(uint));
        Mix(block, 1 << workFactor);
        return Expand(passphrase, block, length);
    }

#pragma warning disable CA5387 // One round, as RFC 7914 says. The mixing between both rounds makes it expensive.
    private static byte[] Expand(ReadOnlySpan<byte> passphrase, ReadOnlySpan<byte> salt, int length) =>
        Rfc2898DeriveBytes.Pbkdf2(passphrase, salt, 1, HashAlgorithmName.SHA256, length);
#pragma warning restore CA5387

    private static void Mix(byte[] block, int rounds)
    {
        var (current, next) = (new uint[Words], new uint[Words]);
        for (var i = 0; i < Words; i++)
        {
            current[i] = BinaryPrimitives.ReadUInt32LittleEndian(block.AsSpan(i * sizeof(uint)));
        }
        var memory = new uint[(long)rounds * Words];
        for (var round = 0; round < rounds; round++)
        {
            current.CopyTo(memory, (long)round * Words);
            MixBlock(current, next);
            (current, next) = (next, current);
        }
        for (var round = 0; round < rounds; round++)
        {
            var chosen = current[Words - WordsOfPart] & (uint)(rounds - 1);
            var from = memory.AsSpan((int)chosen * Words, Words);
            for (var i = 0; i < Words; i++)
            {
                current[i] ^= from[i];
            }
            MixBlock(current, next);
            (current, next) = (next, current);
        }
        for (var i = 0; i < Words; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(i * sizeof(uint)), current[i]);
        }
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(memory.AsSpan()));
    }

    // Parts with even numbers go to the first half of the result, the others to the second half.
    private static void MixBlock(ReadOnlySpan<uint> from, Span<uint> to)
    {
        Span<uint> part = stackalloc uint[WordsOfPart];
        from[^WordsOfPart..].CopyTo(part);
        for (var number = 0; number < 2 * BlockSize; number++)
        {
            for (var i = 0; i < WordsOfPart; i++)
            {
                part[i] ^= from[number * WordsOfPart + i];
            }
            Salsa(part);
            part.CopyTo(to[((number / 2 + number % 2 * BlockSize) * WordsOfPart)..]);
        }
    }

    // Salsa20 with 8 rounds.
    private static void Salsa(Span<uint> part)
    {
        Span<uint> x = stackalloc uint[WordsOfPart];
        part.CopyTo(x);
        for (var round = 0; round < 8; round += 2)
        {
            Quarter(x, 0, 4, 8, 12);
            Quarter(x, 5, 9, 13, 1);
            Quarter(x, 10, 14, 2, 6);
            Quarter(x, 15, 3, 7, 11);
            Quarter(x, 0, 1, 2, 3);
            Quarter(x, 5, 6, 7, 4);
            Quarter(x, 10, 11, 8, 9);
            Quarter(x, 15, 12, 13, 14);
        }
        for (var i = 0; i < WordsOfPart; i++)
        {
            part[i] += x[i];
        }
    }

    private static void Quarter(Span<uint> x, int a, int b, int c, int d)
    {
        x[b] ^= BitOperations.RotateLeft(x[a] + x[d], 7);
        x[c] ^= BitOperations.RotateLeft(x[b] + x[a], 9);
        x[d] ^= BitOperations.RotateLeft(x[c] + x[b], 13);
        x[a] ^= BitOperations.RotateLeft(x[d] + x[c], 18);
    }
}
