using Microsoft.Extensions.Primitives;

namespace VoteTracker.Endpoints.Pipeline;

/// <summary>The key in the header `Authorization: Bearer vt_…` (RFC 6750, section 2.1).</summary>
internal static class BearerKey
{
    private const string Scheme = "Bearer ";

    /// <summary>The text of the key; null if the header has another scheme or several values. Schemes have no case (RFC 9110, 11.1).</summary>
    public static string? Read(StringValues authorization) =>
        authorization is [{ } only] && only.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? only[Scheme.Length..].Trim()
            : null;
}
