using System.Globalization;
using Dapper;
using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Lists;
using VoteTracker.Features.Resolutions;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Stances;

/// <summary>Shows every change of a stance.</summary>
internal sealed class GetStanceHistory(Db db, ReferenceData facts)
    : EndpointWithoutRequest<Results<Ok<Page<StanceChange>>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Get("/v1/resolutions/{id}/stances/{iso3}/history");
        Description(route =>
            route
                .Requires(Right.SeeStances, hidesExistence: true)
                .Described(
                    "Stances",
                    "Shows every change of a stance",
                    "Who changed it, when, from what to what and why; the oldest first."
                )
                .Pages()
                .Fails(StatusCodes.Status404NotFound)
        );
    }

    public override async Task<Results<Ok<Page<StanceChange>>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var iso3 = HttpContext.Part(PathParameters.MemberState);
        var caller = Caller.FromContext(HttpContext);
        var query = new Query(HttpContext);
        var paging = Paging.FromQuery(HttpContext, query, $"history of {iso3} in {id}");
        var rows = await db.Read(async connection =>
        {
            await Resolution.SeeWithRole(connection, id, HttpContext);
            return query.Problem is not null || !StanceRules.HasStance(facts, iso3)
                ? null
                : await connection.QueryAsync<ChangeRow>(
                    """
                    SELECT *
                    FROM (
                        SELECT
                            version, changed_by, changed_at, position, certainty, evidence, evidence_url, note, contact, reason,
                            LAG(position) OVER (ORDER BY version) AS from_position,
                            LAG(certainty) OVER (ORDER BY version) AS from_certainty
                        FROM stance_change
                        WHERE resolution = @id AND member_state = @iso3
                    ) AS changes
                    WHERE version > @AfterNumber
                    ORDER BY version
                    LIMIT @Rows
                    """,
                    new
                    {
                        id,
                        iso3,
                        paging.AfterNumber,
                        paging.Rows,
                    }
                );
        });
        if (query.Problem is { } problem)
        {
            return problem;
        }
        return rows is null
            ? StanceRules.NotFound(facts, iso3)
            : TypedResults.Ok(
                paging.Page(
                    HttpContext,
                    rows,
                    row => row.Change(caller),
                    row => row.Version.ToString(CultureInfo.InvariantCulture)
                )
            );
    }

    private sealed record ChangeRow
    {
        public long Version { get; init; }
        public string ChangedBy { get; init; } = "";
        public DateTimeOffset ChangedAt { get; init; }
        public string Position { get; init; } = "";
        public string? Certainty { get; init; }
        public string? Evidence { get; init; }
        public string? EvidenceUrl { get; init; }
        public string? Note { get; init; }
        public string? Contact { get; init; }
        public string? Reason { get; init; }
        public string? FromPosition { get; init; }
        public string? FromCertainty { get; init; }

        public StanceChange Change(Caller caller) =>
            new()
            {
                Version = Version,
                ChangedBy = ChangedBy,
                ChangedAt = ChangedAt,
                From = EnumWord<Position>.ParseOrNull(FromPosition) ?? VoteTracker.Voting.Rules.Position.Unknown,
                To = EnumWord<Position>.Parse(Position),
                FromCertainty = EnumWord<Certainty>.ParseOrNull(FromCertainty),
                ToCertainty = EnumWord<Certainty>.ParseOrNull(Certainty),
                Evidence = EnumWord<Evidence>.ParseOrNull(Evidence),
                EvidenceUrl = EvidenceUrl,
                Note = Note,
                Contact = caller.May(Right.SeeContacts) ? Contact : null,
                Reason = Reason,
            };
    }
}

/// <summary>One change of a stance.</summary>
public sealed record StanceChange
{
    /// <summary>The resolution's version that it made, and the stance's from then on.</summary>
    public required long Version { get; init; }

    /// <summary>The label of the key that made it.</summary>
    public required string ChangedBy { get; init; }

    /// <summary>When; UTC.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>The position before.</summary>
    public required Position From { get; init; }

    /// <summary>The position after; `unknown` where it was taken away.</summary>
    public required Position To { get; init; }

    /// <summary>The certainty before.</summary>
    public required Certainty? FromCertainty { get; init; }

    /// <summary>The certainty after.</summary>
    public required Certainty? ToCertainty { get; init; }

    /// <summary>What it rests on from then on.</summary>
    public required Evidence? Evidence { get; init; }

    /// <summary>The link to it.</summary>
    public required string? EvidenceUrl { get; init; }

    /// <summary>The note from then on.</summary>
    public required string? Note { get; init; }

    /// <summary>The contact who said it; lobbyists and up.</summary>
    [System.Text.Json.Serialization.JsonIgnore(
        Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull
    )]
    public string? Contact { get; init; }

    /// <summary>Why, as whoever made it said.</summary>
    public required string? Reason { get; init; }
}
