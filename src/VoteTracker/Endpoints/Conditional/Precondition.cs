using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using VoteTracker.Endpoints.Errors;

namespace VoteTracker.Endpoints.Conditional;

/// <summary>Marks an endpoint whose caller must name the version it saw.</summary>
/// <param name="Resource">The type of the resource that has the version; a 412 shows its current value.</param>
internal sealed record ConditionalWrite(Type Resource);

/// <summary>
/// The version a writer saw (RFC 9110, section 13): `If-Match: "7"`; `If-Match: *`, which always holds; or
/// `If-None-Match: *`, which holds while nothing is there.
/// </summary>
internal sealed class Precondition
{
    private readonly IList<EntityTagHeaderValue>? _ifMatch;
    private readonly bool _ifNothing;

    private Precondition(IList<EntityTagHeaderValue>? ifMatch, bool ifNothing) =>
        (_ifMatch, _ifNothing) = (ifMatch, ifNothing);

    /// <summary>Whether the write may go on over what stands at this version; null and `nothing` is what is not there.</summary>
    public bool Holds(long? version, bool nothing)
    {
        if (_ifNothing && !nothing)
        {
            return false;
        }
        if (_ifMatch is null || _ifMatch is [{ } any] && any.Equals(EntityTagHeaderValue.Any))
        {
            return true;
        }
        return version is { } v && _ifMatch.Any(tag => !tag.IsWeak && tag.Tag == ETags.FromVersion(v));
    }

    /// <summary>412, with the current state. A weak or altered tag of the current version is a fault of its own.</summary>
    public ProblemHttpResult VersionConflict(object? current, long? version) =>
        version is { } v && _ifMatch?.FirstOrDefault(tag => IsAlteredTagOf(v, tag)) is { } altered
            ? Problems.AlteredTag(altered.ToString(), ETags.FromVersion(v), current)
            : Problems.VersionConflict(current, version);

    // Proxies that compress a response mark its tag: nginx makes it weak, Apache appends -gzip, some -br or -zstd.
    private static bool IsAlteredTagOf(long version, EntityTagHeaderValue tag)
    {
        var strong = ETags.FromVersion(version);
        var text = tag.Tag.AsSpan();
        return text.SequenceEqual(strong)
            ? tag.IsWeak
            : text.StartsWith(strong.AsSpan(0, strong.Length - 1))
                && text[(strong.Length - 1)..]
                    is "-gzip\""
                        or "--gzip\""
                        or ";gzip\""
                        or "-br\""
                        or "-zstd\""
                        or "-df\"";
    }

    /// <summary>The condition of a request, as <see cref="Check"/> found it.</summary>
    public static Precondition FromRequest(HttpContext http) =>
        http.Features.Get<Precondition>()
        ?? throw new InvalidOperationException("The endpoint does not declare Conditional().");

    /// <summary>Keeps the condition of a request for its endpoint; 428 if it names none, 400 if it is invalid.</summary>
    public static IResult? Check(HttpContext http)
    {
        var (value, problem) = Parse(http.Request);
        http.Features.Set(value);
        return problem;
    }

    private static (Precondition? Value, ProblemHttpResult? Problem) Parse(HttpRequest request)
    {
        var (match, noneMatch) = (request.Headers.IfMatch, request.Headers.IfNoneMatch);
        if (match.Count == 0 && noneMatch.Count == 0)
        {
            return (null, Problems.PreconditionRequired());
        }
        if (noneMatch.Count > 0 && noneMatch != "*")
        {
            return (null, Problems.Invalid("If-None-Match", "must be * for a write"));
        }
        if (match.Count == 0)
        {
            return (new Precondition(null, ifNothing: true), null);
        }
        return EntityTagHeaderValue.TryParseStrictList([.. match!], out var tags) && tags is { Count: > 0 }
            ? (new Precondition(tags, ifNothing: noneMatch.Count > 0), null)
            : (
                null,
                Problems.Invalid("If-Match", "must be the ETag as it was answered, quotes included: If-Match: \"7\"")
            );
    }
}

/// <summary>Strong entity tags of versions.</summary>
internal static class ETags
{
    /// <summary>Kept by whoever asked alone, and asked again before it is shown again.</summary>
    public const string Unshared = "private, no-cache, no-transform";

    /// <summary>The tag of a version: `"7"`.</summary>
    public static string FromVersion(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>Whether the reader already has this representation (If-None-Match, weak comparison).</summary>
    public static bool IsKnown(HttpRequest request, string etag)
    {
        var header = request.Headers.IfNoneMatch;
        if (header.Count == 0)
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

    /// <summary>The newest version that the reader says it has (If-None-Match); 0 where it says none.</summary>
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

    /// <summary>The version that a tag or the id of an event begins with; 0 where it begins with none.</summary>
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

    /// <summary>Answers a value with its tag, or 304 where the reader has it. For what may differ by caller: never shared.</summary>
    public static Results<Ok<T>, StatusCodeHttpResult> Answer<T>(HttpContext http, T value, string etag)
    {
        Set(http, etag);
        return IsKnown(http.Request, etag)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Ok(value);
    }

    /// <summary>Names the tag of what was answered or written.</summary>
    public static void Set(HttpContext http, string etag)
    {
        http.Response.Headers.ETag = etag;
        http.Response.Headers.CacheControl = Unshared;
        http.Response.Headers.Vary = "Authorization, Accept";
    }
}
