using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace VoteTracker.Database.Encryption;

/// <summary>
/// Encrypts short texts with one key by AES-GCM: a random nonce, the ciphertext and the tag. A cipher has a state, so each
/// concurrent use takes one from a pool: to create one takes longer than to encrypt a text.
/// </summary>
internal sealed class TextCipher(byte[] key)
{
    /// <summary>How much longer than the plaintext the result is.</summary>
    public const int Overhead = NonceLength + TagLength;

    private const int NonceLength = 12;
    private const int TagLength = 16;

    private readonly ConcurrentBag<AesGcm> _idle = [];

    /// <summary>Encrypts a plaintext.</summary>
    /// <param name="plain">The plaintext.</param>
    /// <param name="target">The nonce, the ciphertext and the tag are written to it.</param>
    /// <param name="associated">Data that is authenticated with it.</param>
    public void Encrypt(ReadOnlySpan<byte> plain, Span<byte> target, ReadOnlySpan<byte> associated)
    {
        RandomBytes.Fill(target[..NonceLength]);
        var cipher = Rent();
        cipher.Encrypt(
            target[..NonceLength],
            plain,
            target.Slice(NonceLength, plain.Length),
            target.Slice(NonceLength + plain.Length, TagLength),
            associated
        );
        _idle.Add(cipher);
    }

    /// <summary>Decrypts what <see cref="Encrypt"/> wrote.</summary>
    public byte[] Decrypt(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> associated)
    {
        var plain = new byte[bytes.Length - Overhead];
        var cipher = Rent();
        cipher.Decrypt(
            bytes[..NonceLength],
            bytes.Slice(NonceLength, plain.Length),
            bytes[^TagLength..],
            plain,
            associated
        );
        _idle.Add(cipher);
        return plain;
    }

    private AesGcm Rent() => _idle.TryTake(out var cipher) ? cipher : new AesGcm(key, TagLength);
}
