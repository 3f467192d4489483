using System.Security.Cryptography;
using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Limits;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Features.Sharing;
using VoteTracker.Security;
using VoteTracker.Security.Audit;

namespace VoteTracker.Features.Calendars;

/// <summary>Returns the calendar of a link, for calendar programs.</summary>
internal sealed class GetCalendar(Db db, CalendarLoader calendars, ReadingBudget budget, Settings settings)
    : EndpointWithoutRequest
{
    private static readonly RepresentationFormat Format = new(MediaType, "", "");

    /// <summary>The media type with its charset.</summary>
    public const string MediaType = "text/calendar; charset=utf-8";

    public override void Configure()
    {
        Get("/v1/calendars/{token}.ics");
        Description(route =>
            route
                .Requires(Right.ReadPublic)
                .Described(
                    "Timetable",
                    "Returns a calendar",
                    "iCalendar (RFC 5545) with entries from 60 days ago on. An entry keeps its UID, and each change raises its SEQUENCE. What was deleted stays for 30 days with the status CANCELLED. Hours are of New York, with their time zone. Send If-None-Match, and get a 304 while nothing changes."
                )
                .Takes(Lang.Parameter)
                .ReadsConditionally()
                .Produces<string>(StatusCodes.Status200OK, "text/calendar")
                .Fails(StatusCodes.Status400BadRequest)
                .Fails(
                    StatusCodes.Status404NotFound,
                    "No valid link has this secret: it is wrong or was revoked, the key of its label is no longer valid, or its resolution is not public."
                )
                .Fails(StatusCodes.Status503ServiceUnavailable)
        );
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        var query = new Query(HttpContext);
        var language = query.ReadLanguage();
        if (query.Problem is { } problem)
        {
            await problem.ExecuteAsync(HttpContext);
            return;
        }
        var secret = SharedPaths.ReadSecret(HttpContext);
        var content = ShareSecret.IsWellFormed(secret)
            ? await db.Read(connection => calendars.Load(connection, secret, language))
            : null;
        if (content is null)
        {
            await (
                budget.SpendWrongKey(HttpContext) is { } wait
                    ? Problems.TooMany(HttpContext, wait)
                    : Problems.NotFound("There is no calendar with this address, or its link is no longer valid.")
            ).ExecuteAsync(HttpContext);
            return;
        }
        var body = CalendarText.Write(content, PublicAddress.Of(HttpContext.Request, settings));
        var representation = new Representation(body, Convert.ToHexStringLower(SHA256.HashData(body))[..32], Format);
        // The texts of tasks can name people. A 304 has none.
        if (content.IsPrivate && !ETags.IsKnown(HttpContext.Request, representation.ETag))
        {
            await db.AddAudit(
                RequestScope.Create(HttpContext, AuditAction.Read) with
                {
                    Target = $"calendar={content.Link}",
                }
            );
        }
        await ConditionalResponse.Send(HttpContext, representation, isPublic: false, age: null);
    }
}
