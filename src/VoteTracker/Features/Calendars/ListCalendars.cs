using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Lists;
using VoteTracker.Security;

namespace VoteTracker.Features.Calendars;

/// <summary>Lists the links to calendars that the caller sees, also revoked ones, without their addresses.</summary>
internal sealed class ListCalendars(Db db) : EndpointWithoutRequest<Results<Ok<Page<CalendarLink>>, ProblemHttpResult>>
{
    // An id has no blank.
    private const char Separator = ' ';

    public override void Configure()
    {
        Get("/v1/calendars");
        Description(route =>
            route
                .Requires(Right.UseCalendars)
                .Described(
                    "Timetable",
                    "Lists the links to calendars",
                    "The newest first: the caller's personal ones, and for coordinators and up those of resolutions. Revoked links are included. Nobody sees a personal link of another label."
                )
                .Pages()
        );
    }

    public override async Task<Results<Ok<Page<CalendarLink>>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var caller = Caller.FromContext(HttpContext);
        var query = new Query(HttpContext);
        var paging = Paging.FromQuery(HttpContext, query, $"calendars of {caller.Label}");
        if (query.Problem is { } problem)
        {
            return problem;
        }
        var rows = await db.Read(connection =>
            CalendarStore.List(connection, caller, Parse(paging.After), paging.Rows)
        );
        return TypedResults.Ok(
            paging.Page(HttpContext, rows, row => row.Link, row => $"{Moments.Text(row.CreatedAt)}{Separator}{row.Id}")
        );
    }

    private static (DateTimeOffset, string)? Parse(string? position) =>
        position?.Split(Separator) is [var moment, var id] && Moments.TryParse(moment, out var at) ? (at, id) : null;
}
