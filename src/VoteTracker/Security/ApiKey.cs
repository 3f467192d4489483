using System.Security.Cryptography;
using System.Text;

namespace VoteTracker.Security;

/// <summary>Creates and hashes keys. A key has 256 random bits and is shown once; only its hash is stored.</summary>
internal static class ApiKey
{
    /// <summary>A new key: `vt_` and 43 characters of base64url.</summary>
    public static string New() => "vt_" + Base64Url(RandomNumberGenerator.GetBytes(32));

    /// <summary>A new id for a key or a contact, with 60 random bits. It is not secret.</summary>
    public static string NewId() => RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 12);

    /// <summary>SHA-256 in hexadecimal. A slow hash protects guessable passwords; 256 random bits cannot be guessed.</summary>
    public static string Hash(string key) => Convert.ToHexStringLower(HashBytes(key));

    /// <summary>SHA-256.</summary>
    public static byte[] HashBytes(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>The part of a hash that the database is searched by. The whole hash is compared afterwards.</summary>
    public static string Lookup(string hash) => hash[..16];

    /// <summary>Compares two hashes in constant time.</summary>
    public static bool SameHash(string a, string b) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(a), Encoding.ASCII.GetBytes(b));

    private static string Base64Url(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
