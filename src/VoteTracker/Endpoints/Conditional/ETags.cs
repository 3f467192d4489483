using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Localization;

namespace VoteTracker.Endpoints.Conditional;

/// <summary>Strong entity tags of versions.</summary>
internal static class ETags
{
    /// <summary>Only the client may cache it, and must revalidate it.</summary>
    public const string Unshared = "private, no-cache, no-transform";

    /// <summary>Neither a browser nor a shared cache stores it.</summary>
    public const string NotStored = "private, no-store, no-transform";

    /// <summary>The tag of a version: `"7"`.</summary>
    public static string FromVersion(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>The part of a tag for what a representation shows besides its own version: `+1f0c22ab`. A write ignores it.</summary>
    public static string Digest(string shown) =>
        $"+{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(shown)).AsSpan(0, 4))}";

    /// <summary>Whether a tag is the one of a version, with or without a digest.</summary>
    public static bool IsOf(long version, ReadOnlySpan<char> tag)
    {
        var text = FromVersion(version);
        return tag.SequenceEqual(text)
            || tag.Length == text.Length + 9
                && tag.StartsWith(text.AsSpan(0, text.Length - 1))
                && tag[text.Length - 1] == '+'
                && tag[^1] == '"';
    }

    /// <summary>Whether the client already has this representation (If-None-Match, weak comparison).</summary>
    public static bool IsKnown(HttpRequest request, string etag)
    {
        var header = request.Headers.IfNoneMatch;
        // A browser can have the version of a reader without a key, and adds its tag to a request with a session.
        if (header.Count == 0 || SessionCookie.NamesCaller(request.HttpContext))
        {
            return false;
        }
        if (header.Count == 1 && header[0] == etag)
        {
            return true;
        }
        return EntityTagHeaderValue.TryParseList([.. header!], out var tags)
            && tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Tag == etag);
    }

    /// <summary>The newest version that the client names in If-None-Match; 0 if it names none.</summary>
    public static long Seen(HttpRequest request)
    {
        var newest = 0L;
        foreach (var tags in request.Headers.IfNoneMatch)
        {
            foreach (var tag in (tags ?? "").Split(','))
            {
                newest = Math.Max(newest, VersionOf(tag.AsSpan().Trim().TrimStart("W/").Trim('"')));
            }
        }
        return newest;
    }

    /// <summary>The version at the start of a tag or of an event id; 0 if there is none.</summary>
    public static long VersionOf(ReadOnlySpan<char> tag)
    {
        var end = tag.IndexOfAnyExceptInRange('0', '9');
        return long.TryParse(
            end < 0 ? tag : tag[..end],
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var version
        )
            ? version
            : 0;
    }

    /// <summary>Responds with a value and its tag, or with 304 if the client has it. Shared caches do not store it.</summary>
    public static Results<Ok<T>, StatusCodeHttpResult> Answer<T>(HttpContext http, T value, string etag)
    {
        Set(http, etag);
        return IsKnown(http.Request, etag)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Ok(value);
    }

    /// <summary>
    /// The same for a value with names in a language. The version stays the part of the tag before the language, and before the
    /// digest of what the value shows besides its own version.
    /// </summary>
    public static Results<Localized<T>, StatusCodeHttpResult> Answer<T>(
        HttpContext http,
        T value,
        long version,
        Language language,
        string digest = ""
    )
    {
        var etag = $"{FromVersion(version)[..^1]}{digest}{Lang.TagSuffix(language)}\"";
        Set(http, etag);
        return IsKnown(http.Request, etag)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : Localized.Ok(value, language);
    }

    /// <summary>Sets the tag of a response.</summary>
    public static void Set(HttpContext http, string etag)
    {
        http.Response.Headers.ETag = etag;
        http.Response.Headers.CacheControl = Unshared;
        http.Response.Headers.Vary = "Authorization, Cookie, Accept";
    }
}
