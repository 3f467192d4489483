using System.Security.Cryptography;
using System.Text;

namespace VoteTracker.Security;

/// <summary>The text of a key and what is kept of it: 256 random bits, shown once; only a hash is stored.</summary>
internal static class ApiKey
{
    /// <summary>A new key: `vt_` and 43 characters of base64url.</summary>
    public static string New() => "vt_" + Base64Url(RandomNumberGenerator.GetBytes(32));

    /// <summary>A new identifier for a key or a contact: no secret, 60 random bits.</summary>
    public static string NewId() => RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 12);

    /// <summary>SHA-256 in hexadecimal. A slow hash guards guessable passwords; 256 random bits are not guessed.</summary>
    public static string Hash(string key) => Convert.ToHexStringLower(HashBytes(key));

    /// <summary>SHA-256.</summary>
    public static byte[] HashBytes(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>The part of a hash by which a key is found before it is compared.</summary>
    public static string Lookup(string hash) => hash[..16];

    /// <summary>Compares in a time that does not tell where two hashes differ.</summary>
    public static bool SameHash(string a, string b) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(a), Encoding.ASCII.GetBytes(b));

    private static string Base64Url(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
