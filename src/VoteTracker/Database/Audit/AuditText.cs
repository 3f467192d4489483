using System.Security.Cryptography;
using VoteTracker.Database.Encryption;

namespace VoteTracker.Database.Audit;

/// <summary>
/// A text of an entry. The chain covers a digest of the salt and the text. So the text and its salt can be erased, and the
/// digest replaces both. Without the salt, nobody can find the text by trying all addresses.
/// </summary>
/// <param name="Text">The text; null if there was none, or it was erased.</param>
/// <param name="Salt">16 random bytes as lower-case hexadecimal digits; null if the text is null.</param>
/// <param name="Digest">The digest of an erased text as lower-case hexadecimal digits; null if it was not erased.</param>
internal readonly record struct AuditText(string? Text, string? Salt, string? Digest)
{
    private const int SaltBytes = 16;

    /// <summary>Whether a text was erased.</summary>
    public bool IsErased => Digest is not null;

    /// <summary>A text with a new salt.</summary>
    public static AuditText Create(string? text) => text is null ? default : new(text, NewSalt(), null);

    /// <summary>The same text, erased.</summary>
    public AuditText Erase()
    {
        if (Text is null)
        {
            return this;
        }
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        WriteDigest(digest);
        return new(null, null, Convert.ToHexStringLower(digest));
    }

    /// <summary>
    /// Writes the 32 bytes that the chain covers: SHA-256 of the salt and the text, or zeros without a text. False if a salt
    /// or a digest is malformed.
    /// </summary>
    public bool WriteDigest(Span<byte> digest)
    {
        digest.Clear();
        if (Digest is not null)
        {
            return Salt is null && Text is null && TryParse(Digest, digest);
        }
        if (Text is null)
        {
            return Salt is null;
        }
        var length = AuditHash.Utf8.GetByteCount(Text);
        var buffer = length <= 256 ? stackalloc byte[SaltBytes + 256] : new byte[SaltBytes + length];
        if (Salt is null || !TryParse(Salt, buffer[..SaltBytes]))
        {
            return false;
        }
        AuditHash.Utf8.GetBytes(Text, buffer[SaltBytes..]);
        SHA256.HashData(buffer[..(SaltBytes + length)], digest);
        return true;
    }

    private static string NewSalt()
    {
        Span<byte> salt = stackalloc byte[SaltBytes];
        RandomBytes.Fill(salt);
        return Convert.ToHexStringLower(salt);
    }

    private static bool TryParse(string digits, Span<byte> bytes) =>
        digits.Length == bytes.Length * 2
        && Convert.FromHexString(digits, bytes, out _, out _) == System.Buffers.OperationStatus.Done;
}
