using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Text;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Endpoints.Errors;

/// <summary>
/// Every error the service answers: `application/problem+json` (RFC 9457). The type is stable and relative; the
/// detail names what is wrong and the mend, and never anything private.
/// </summary>
internal static class Problems
{
    /// <summary>The detail of a 410.</summary>
    public const string CursorGoneDetail =
        "The database was restored after this cursor was returned, and items before it can be different. Read the list again from the address in 'restart'.";

    /// <summary>400 with every wrong field.</summary>
    public static ProblemHttpResult Invalid(IDictionary<string, string[]> errors) =>
        TypedResults.Problem(
            new HttpValidationProblemDetails(errors)
            {
                Type = "/problems/invalid",
                Title = "The request is not valid",
                Detail = string.Join("; ", errors.Select(e => $"{e.Key} {string.Join(", ", e.Value)}")),
                Status = StatusCodes.Status400BadRequest,
            }
        );

    /// <summary>400 with one wrong field.</summary>
    public static ProblemHttpResult Invalid(string field, string mend) =>
        Invalid(new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [mend] });

    /// <summary>404.</summary>
    public static ProblemHttpResult NotFound(string what) =>
        Create(StatusCodes.Status404NotFound, "not-found", "Not found", what);

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

    /// <summary>404: the resolution did not exist yet at the moment asked for.</summary>
    public static ProblemHttpResult NoResolutionThen(string id) =>
        NotFound($"The resolution {SafeText.Quote(id)} did not exist at that moment.");

    /// <summary>404: no member state of today has that code.</summary>
    public static ProblemHttpResult NoMemberState(string iso3, SeatKind? kind) =>
        NotFound(
            kind == SeatKind.Observer
                ? $"{iso3} is an observer, and an observer has no vote; the code must be that of a member of today."
                : $"There is no member state {SafeText.Quote(iso3)}: the code is ISO 3166-1 alpha-3, of a member of today."
        );

    /// <summary>404: no member state or observer of today has that code.</summary>
    public static ProblemHttpResult NoState(string iso3) =>
        NotFound(
            $"There is no member state or observer {SafeText.Quote(iso3)}: the code is ISO 3166-1 alpha-3, of one of today."
        );

    /// <summary>405.</summary>
    public static ProblemHttpResult MethodNotAllowed(string method, string allowed) =>
        Create(
            StatusCodes.Status405MethodNotAllowed,
            "method-not-allowed",
            "The method is not allowed here",
            $"This address allows {allowed}, not {SafeText.Quote(method)}."
        );

    /// <summary>A status that the framework has set without a body.</summary>
    public static ProblemHttpResult OfStatus(int status) =>
        status == StatusCodes.Status404NotFound
            ? NotFound("Nothing is answered at this address; the routes are at /docs.")
            : Create(
                status,
                "refused",
                ReasonPhrases.GetReasonPhrase(status),
                "The request is not valid for this address; the routes are at /docs."
            );

    /// <summary>409.</summary>
    public static ProblemHttpResult Conflict(string slug, string title, string detail) =>
        Create(StatusCodes.Status409Conflict, slug, title, detail);

    /// <summary>410: the cursor belongs to another incarnation of the database, with the address of the first page.</summary>
    public static ProblemHttpResult CursorGone(string restart)
    {
        var problem = new ProblemDetails
        {
            Type = "/problems/cursor-gone",
            Title = "The cursor is no longer valid",
            Detail = CursorGoneDetail,
            Status = StatusCodes.Status410Gone,
        };
        problem.Extensions["restart"] = restart;
        return TypedResults.Problem(problem);
    }

    /// <summary>412, with what stands now.</summary>
    public static ProblemHttpResult VersionConflict(object? current, long? version)
    {
        var problem = new ProblemDetails
        {
            Type = "/problems/version-conflict",
            Title = "Somebody else was first",
            Detail = version is { } v
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"It stands at version {v} now; look at it, and write again with If-Match: \"{v}\"."
                )
                : "There is nothing here yet; write with If-None-Match: *.",
            Status = StatusCodes.Status412PreconditionFailed,
        };
        problem.Extensions["current"] = current;
        return TypedResults.Problem(problem);
    }

    /// <summary>412: the tag is one of the current version, but it is weak, or a proxy altered it.</summary>
    public static ProblemHttpResult AlteredTag(string found, string strong, object? current)
    {
        var problem = new ProblemDetails
        {
            Type = "/problems/weak-tag",
            Title = "The entity tag is weak or altered",
            Detail =
                $"If-Match needs the strong tag {strong}, not {SafeText.Quote(found)}. The version is current: send If-Match: {strong}. A proxy that compresses responses alters their tags.",
            Status = StatusCodes.Status412PreconditionFailed,
        };
        problem.Extensions["current"] = current;
        return TypedResults.Problem(problem);
    }

    /// <summary>413.</summary>
    public static ProblemHttpResult TooLarge(long limit) =>
        Create(
            StatusCodes.Status413PayloadTooLarge,
            "too-large",
            "The body is too large",
            string.Create(CultureInfo.InvariantCulture, $"A request body may have {limit} bytes at most.")
        );

    /// <summary>415.</summary>
    public static ProblemHttpResult UnsupportedMediaType(string wanted) =>
        Create(
            StatusCodes.Status415UnsupportedMediaType,
            "unsupported-media-type",
            "The body's type is not taken here",
            $"Send the body as {wanted}."
        );

    /// <summary>428.</summary>
    public static ProblemHttpResult PreconditionRequired() =>
        Create(
            StatusCodes.Status428PreconditionRequired,
            "precondition-required",
            "The version you saw is missing",
            "Send If-Match with the ETag you saw, If-None-Match: * for what is not there yet, or If-Match: * to write whatever stands."
        );

    /// <summary>429.</summary>
    public static ProblemHttpResult TooMany(HttpContext http, TimeSpan retryAfter)
    {
        http.Response.Headers.RetryAfter = Seconds(retryAfter);
        return Create(
            StatusCodes.Status429TooManyRequests,
            "too-many-requests",
            "Too many requests",
            "Try again after the seconds in Retry-After, or use a key."
        );
    }

    /// <summary>503.</summary>
    public static ProblemHttpResult Unavailable(HttpContext http, string detail, TimeSpan retryAfter)
    {
        http.Response.Headers.RetryAfter = Seconds(retryAfter);
        return Create(StatusCodes.Status503ServiceUnavailable, "unavailable", "Not available now", detail);
    }

    /// <summary>Any other status.</summary>
    public static ProblemHttpResult Create(int status, string slug, string title, string detail) =>
        TypedResults.Problem(
            new ProblemDetails
            {
                Type = $"/problems/{slug}",
                Title = title,
                Detail = detail,
                Status = status,
            }
        );

    private static string Seconds(TimeSpan wait) =>
        Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}

/// <summary>A refusal from where a result cannot be returned: while a parameter is bound, or deep in a write.</summary>
internal sealed class ProblemException(ProblemHttpResult problem) : Exception
{
    /// <summary>What to answer.</summary>
    public ProblemHttpResult Problem => problem;
}
