using System.Buffers;
using System.Security.Cryptography;

namespace VoteTracker.Features.Sharing;

/// <summary>The secret in the address of a share link: 160 random bits. It is shown once, and only its hash is stored.</summary>
internal static class ShareSecret
{
    // Five bits each, and none of them ends a link in a message.
    private const string Characters = "abcdefghijkmnpqrstuvwxyz23456789";

    private static readonly SearchValues<char> Allowed = SearchValues.Create(Characters);

    /// <summary>The number of characters.</summary>
    public const int Length = 32;

    /// <summary>A new secret.</summary>
    public static string New() => RandomNumberGenerator.GetString(Characters, Length);

    /// <summary>Whether a text has the length and the characters of a secret.</summary>
    public static bool IsWellFormed(string text) => text.Length == Length && !text.AsSpan().ContainsAnyExcept(Allowed);
}
