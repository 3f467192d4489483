using System.Security.Cryptography;

namespace VoteTracker.Endpoints;

/// <summary>Authenticated encryption with AES-GCM (NIST SP 800-38D): the nonce, the ciphertext and the tag in one array.</summary>
internal static class SealedBytes
{
    public const int NonceLength = 12;
    private const int TagLength = 16;

    /// <summary>Encrypts bytes. The same nonce and key must never encrypt different bytes.</summary>
    /// <param name="key">A key of 32 bytes.</param>
    /// <param name="nonce">A nonce of <see cref="NonceLength"/> bytes.</param>
    /// <param name="plaintext">The bytes to encrypt.</param>
    /// <param name="associatedData">Data that is authenticated, but not part of the result.</param>
    public static byte[] Seal(
        ReadOnlySpan<byte> key,
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> plaintext,
        ReadOnlySpan<byte> associatedData = default
    )
    {
        var bytes = new byte[NonceLength + plaintext.Length + TagLength];
        var (_, ciphertext, tag) = Parts;
        nonce.CopyTo(bytes);
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(nonce, plaintext, bytes.AsSpan(ciphertext), bytes.AsSpan(tag), associatedData);
        return bytes;
    }

    /// <summary>Decrypts bytes.</summary>
    /// <exception cref="CryptographicException">The bytes were changed, or sealed with another key or other associated data.</exception>
    public static byte[] Open(ReadOnlySpan<byte> key, byte[] bytes, ReadOnlySpan<byte> associatedData = default)
    {
        if (bytes.Length < NonceLength + TagLength)
        {
            throw new CryptographicException("The bytes are shorter than a nonce and a tag.");
        }
        var (nonce, ciphertext, tag) = Parts;
        var plaintext = new byte[bytes.Length - NonceLength - TagLength];
        using var aes = new AesGcm(key, TagLength);
        aes.Decrypt(bytes.AsSpan(nonce), bytes.AsSpan(ciphertext), bytes.AsSpan(tag), plaintext, associatedData);
        return plaintext;
    }

    private static (Range Nonce, Range Ciphertext, Range Tag) Parts =>
        (..NonceLength, NonceLength..^TagLength, ^TagLength..);
}
