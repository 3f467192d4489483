using System.Globalization;
using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Lists;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.Sessions.Convening;

/// <summary>Shows every change of the request of a member.</summary>
internal sealed class GetSessionRequestHistory(Db db, ReferenceData referenceData, TimeProvider clock)
    : EndpointWithoutRequest<Results<Ok<Page<SessionRequestChange>>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Get("/v1/sessions/{id}/requests/{iso3}/history");
        Description(route =>
            route
                .Requires(Right.SeeSessions)
                .Described(
                    "Sessions",
                    "Shows every change of the request of a member",
                    "Each change with its author and its moment; the oldest first. A deletion has no day. The list is empty if nothing was ever recorded."
                )
                .Pages()
                .Fails(StatusCodes.Status404NotFound, "No session has that id, or no member state has that code.")
        );
    }

    public override async Task<Results<Ok<Page<SessionRequestChange>>, ProblemHttpResult>> ExecuteAsync(
        CancellationToken ct
    )
    {
        var id = HttpContext.Part(PathParameters.Session);
        var iso3 = HttpContext.Part(PathParameters.MemberState);
        var caller = Caller.FromContext(HttpContext);
        var query = new Query(HttpContext);
        var paging = Paging.FromQuery(HttpContext, query, $"requests of {iso3} for {id}");
        var rows = await db.Read(async connection =>
            await SessionStore.Find(connection, id, caller, clock.GetUtcNow()) is null
                ? null
                : (
                    await SessionRequestStore.ListChanges(connection, id, iso3, paging.AfterNumber, paging.Rows)
                ).ToList()
        );
        return rows is null ? SessionProblems.NotFound(id)
            : ConveningProblems.FindState(referenceData, iso3) is { } fault ? fault
            : query.Problem is { } problem ? problem
            : TypedResults.Ok(
                paging.Page(
                    HttpContext,
                    rows,
                    SessionRequestChange.FromRow,
                    row => row.Version.ToString(CultureInfo.InvariantCulture)
                )
            );
    }
}

/// <summary>One change of the request of a member for a session.</summary>
public sealed record SessionRequestChange
{
    /// <summary>The session's version that the change made.</summary>
    public required long Version { get; init; }

    /// <summary>The label of the key that made the change.</summary>
    public required string ChangedBy { get; init; }

    /// <summary>The moment of the change; UTC.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>The day of the request after the change; null if the request was deleted.</summary>
    public required DateOnly? RequestedOn { get; init; }

    /// <summary>The document after the change.</summary>
    public required string? Document { get; init; }

    /// <summary>The note after the change.</summary>
    public required string? Note { get; init; }

    internal static SessionRequestChange FromRow(SessionRequestRow row) =>
        new()
        {
            Version = row.Version,
            ChangedBy = row.ChangedBy,
            ChangedAt = row.ChangedAt,
            RequestedOn = row.RequestedOn,
            Document = row.Document,
            Note = row.Note,
        };
}
