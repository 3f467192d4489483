using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using VoteTracker.Endpoints.Errors;

namespace VoteTracker.Endpoints.Conditional;

/// <summary>Marks an endpoint whose requests must name the version that the client saw.</summary>
/// <param name="Resource">The type of the resource that has the version; a 412 shows its current value.</param>
internal sealed record ConditionalWrite(Type Resource);

/// <summary>Marks an endpoint whose body can name the version of another resource; a 412 shows its current value.</summary>
/// <param name="Resource">The type of that resource.</param>
internal sealed record ConditionInBody(Type Resource);

/// <summary>
/// The version that the client saw (RFC 9110, section 13): `If-Match: "7"`; `If-Match: *`, which always holds; or
/// `If-None-Match: *`, which holds for a new resource. It is parsed once, before the body is read.
/// </summary>
internal sealed class Precondition
{
    private readonly IList<EntityTagHeaderValue>? _ifMatch;
    private readonly bool _ifAbsent;

    private Precondition(IList<EntityTagHeaderValue>? ifMatch, bool ifAbsent) =>
        (_ifMatch, _ifAbsent) = (ifMatch, ifAbsent);

    /// <summary>Whether the write may replace this version.</summary>
    /// <param name="version">The current version; null if there is none.</param>
    /// <param name="nothing">Whether the resource does not exist.</param>
    public bool Holds(long? version, bool nothing)
    {
        if (_ifAbsent && !nothing)
        {
            return false;
        }
        if (_ifMatch is null || _ifMatch is [{ } any] && any.Equals(EntityTagHeaderValue.Any))
        {
            return true;
        }
        return version is { } v && _ifMatch.Any(tag => !tag.IsWeak && ETags.IsOf(v, tag.Tag.AsSpan()));
    }

    /// <summary>A 412 with the current state. A weak or altered tag of the current version is a problem of its own.</summary>
    public ProblemHttpResult VersionConflict(object? current, long? version) =>
        version is { } v && _ifMatch?.FirstOrDefault(tag => IsAlteredTagOf(v, tag)) is { } altered
            ? Problems.AlteredTag(altered.ToString(), ETags.FromVersion(v), current)
            : Problems.VersionConflict(current, version);

    // Proxies that compress a response alter its tag: nginx makes it weak, Apache appends -gzip, others -br or -zstd.
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

    /// <summary>The precondition of a request, parsed by <see cref="Check"/>.</summary>
    public static Precondition FromRequest(HttpContext http) =>
        http.Features.Get<Precondition>()
        ?? throw new InvalidOperationException("The endpoint does not declare Conditional().");

    /// <summary>Parses the precondition, and sets it as a feature of the request. Returns a 428 if there is none, a 400 if it is invalid.</summary>
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
            return (new Precondition(null, ifAbsent: true), null);
        }
        return EntityTagHeaderValue.TryParseStrictList([.. match!], out var tags) && tags is { Count: > 0 }
            ? (new Precondition(tags, ifAbsent: noneMatch.Count > 0), null)
            : (null, Problems.Invalid("If-Match", "must be the ETag of a response, with its quotes: If-Match: \"7\""));
    }
}
