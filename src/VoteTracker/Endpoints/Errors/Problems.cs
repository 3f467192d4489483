using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Text;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Endpoints.Errors;

/// <summary>
/// Creates the problems that several endpoints return (RFC 9457). <see cref="ProblemTypes"/> has their texts.
/// </summary>
internal static class Problems
{
    /// <summary>400 with every wrong field.</summary>
    public static ProblemHttpResult Invalid(IDictionary<string, string[]> errors) =>
        ProblemTypes.Invalid.CreateWithErrors(errors);

    /// <summary>400 with one wrong field.</summary>
    public static ProblemHttpResult Invalid(string field, string fault) =>
        Invalid(new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [fault] });

    /// <summary>404.</summary>
    public static ProblemHttpResult NotFound(string detail) => ProblemTypes.NotFound.Create(detail);

    /// <summary>404: no resolution that this caller can see has that id.</summary>
    public static ProblemHttpResult NoResolution(string id)
    {
        var shown = SafeText.Quote(id.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase));
        return NotFound(
            ResolutionId.OfText(id) is { } written
                ? $"There is no resolution {shown}. Ids are lower case with hyphens: {written}."
                : $"There is no resolution {shown}."
        );
    }

    /// <summary>404: the resolution did not exist yet at that time.</summary>
    public static ProblemHttpResult NoResolutionThen(string id) =>
        NotFound($"The resolution {SafeText.Quote(id)} did not exist at that time.");

    /// <summary>404: no current member state has that code.</summary>
    public static ProblemHttpResult NoMemberState(string iso3, SeatKind? kind) =>
        NotFound(
            kind == SeatKind.Observer
                ? $"{iso3} is an observer, and an observer has no vote. The code must be that of a current member state."
                : $"There is no member state {SafeText.Quote(iso3)}. The code must be the ISO 3166-1 alpha-3 code of a current member state."
        );

    /// <summary>404: no current member state or observer has that code.</summary>
    public static ProblemHttpResult NoState(string iso3) =>
        NotFound(
            $"There is no member state or observer {SafeText.Quote(iso3)}. The code must be the ISO 3166-1 alpha-3 code of a current one."
        );

    /// <summary>405.</summary>
    public static ProblemHttpResult MethodNotAllowed(string method, string allowed) =>
        ProblemTypes.MethodNotAllowed.Create(allowed, SafeText.Quote(method));

    /// <summary>The problem of a status that the framework has set without a body.</summary>
    public static ProblemHttpResult OfStatus(int status) =>
        status == StatusCodes.Status404NotFound
            ? NotFound("There is nothing at this address. The routes are listed at /docs.")
            : ProblemTypes.Refused.CreateWithStatus(status, ReasonPhrases.GetReasonPhrase(status));

    /// <summary>410: the cursor belongs to another incarnation of the database, with the address of the first page.</summary>
    public static ProblemHttpResult CursorGone(string restart) =>
        ProblemTypes.CursorGone.CreateWith("restart", restart);

    /// <summary>412, with the current value of the resource.</summary>
    public static ProblemHttpResult VersionConflict(object? current, long? version) =>
        version is { } number
            ? ProblemTypes.VersionConflict.CreateWith("current", current, number)
            : ProblemTypes.VersionOfNothing.CreateWith("current", current);

    /// <summary>412: the tag is one of the current version, but it is weak, or a proxy altered it.</summary>
    public static ProblemHttpResult AlteredTag(string found, string strong, object? current) =>
        ProblemTypes.WeakTag.CreateWith("current", current, strong, SafeText.Quote(found));

    /// <summary>413.</summary>
    public static ProblemHttpResult TooLarge(long limit) => ProblemTypes.TooLarge.Create(limit);

    /// <summary>415.</summary>
    public static ProblemHttpResult UnsupportedMediaType(string supported) =>
        ProblemTypes.UnsupportedMediaType.Create(supported);

    /// <summary>428.</summary>
    public static ProblemHttpResult PreconditionRequired() => ProblemTypes.PreconditionRequired.Create();

    /// <summary>429.</summary>
    public static ProblemHttpResult TooMany(HttpContext http, TimeSpan retryAfter) =>
        TooMany(http, retryAfter, ProblemTypes.TooManyRequests.Create());

    /// <summary>429 of another limit than that of requests.</summary>
    public static ProblemHttpResult TooMany(HttpContext http, TimeSpan retryAfter, ProblemHttpResult problem)
    {
        http.Response.Headers.RetryAfter = Seconds(retryAfter);
        return problem;
    }

    /// <summary>503.</summary>
    public static ProblemHttpResult Unavailable(HttpContext http, string detail, TimeSpan retryAfter)
    {
        http.Response.Headers.RetryAfter = Seconds(retryAfter);
        return ProblemTypes.Unavailable.Create(detail);
    }

    private static string Seconds(TimeSpan wait) =>
        Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
