using System.Buffers.Binary;
using System.Security.Cryptography;

namespace VoteTracker.Features.Backup.Archives;

/// <summary>
/// The content of a file in the age format: chunks of 64 KiB, each encrypted and authenticated with its number and
/// whether it is the last one. So a chunk that was changed, moved, repeated or cut off is detected.
/// </summary>
internal sealed class AgeChunks : IDisposable
{
    /// <summary>The length of each chunk except the last one, not encrypted.</summary>
    public const int Length = 1 << 16;

    /// <summary>How much longer an encrypted chunk is.</summary>
    public const int TagLength = 16;

    /// <summary>The number of random bytes after the header.</summary>
    public const int NonceLength = 16;

    private readonly ChaCha20Poly1305 _cipher;
    private readonly byte[] _number = new byte[12];
    private ulong _count;

    public AgeChunks(byte[] fileKey, byte[] nonce) =>
        _cipher = new ChaCha20Poly1305(
            HKDF.DeriveKey(HashAlgorithmName.SHA256, fileKey, 32, nonce, "payload"u8.ToArray())
        );

    /// <summary>How many chunks were encrypted or decrypted.</summary>
    public ulong Count => _count;

    /// <summary>Encrypts the next chunk. The result has its tag at the end.</summary>
    public void Encrypt(ReadOnlySpan<byte> chunk, bool isLast, Span<byte> encrypted) =>
        _cipher.Encrypt(NextNumber(isLast), chunk, encrypted[..chunk.Length], encrypted.Slice(chunk.Length, TagLength));

    /// <summary>Decrypts the next chunk. Throws if it is not the one that was written there.</summary>
    public void Decrypt(ReadOnlySpan<byte> encrypted, bool isLast, Span<byte> chunk) =>
        _cipher.Decrypt(NextNumber(isLast), encrypted[..^TagLength], encrypted[^TagLength..], chunk);

    public void Dispose() => _cipher.Dispose();

    private byte[] NextNumber(bool isLast)
    {
        BinaryPrimitives.WriteUInt64BigEndian(_number.AsSpan(3), _count++);
        _number[^1] = isLast ? (byte)1 : (byte)0;
        return _number;
    }
}
