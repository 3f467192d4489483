using System.Globalization;
using Dapper;
using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Lists;
using VoteTracker.Endpoints.Text;
using VoteTracker.Features.Record;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Records;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.RollCalls;

/// <summary>Lists how a member voted, the newest vote first.</summary>
internal sealed class ListVotesOfMember(Db db, ReferenceData facts, TimeProvider clock)
    : EndpointWithoutRequest<Results<Ok<Page<VoteOfMember>>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Get("/v1/member-states/{iso3}/votes");
        Description(route =>
            route
                .Requires(Right.ReadPublic)
                .Described(
                    "Roll calls",
                    "Lists how a member voted",
                    "Every roll call of the UN's record that names it, the newest first; with `?source=all` also those that the campaign entered on other resolutions, marked in `source`; former members by their own codes. What was announced without names is in nobody's list."
                )
                .TakesPartOfRecord()
                .Pages()
                .Fails(StatusCodes.Status404NotFound, "No member, of today or former, has that code.")
        );
    }

    public override async Task<Results<Ok<Page<VoteOfMember>>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var iso3 = HttpContext.Part(PathParameters.MemberState);
        var kind = facts.Roster.Find(iso3)?.Kind;
        if (kind is null or SeatKind.Observer)
        {
            return Problems.NotFound(
                kind is null
                    ? $"No member, of today or former, has the code {SafeText.Quote(iso3)}: ISO 3166-1 alpha-3."
                    : $"{iso3} is an observer, and an observer has no vote."
            );
        }
        var query = new Query(HttpContext);
        var paging = Paging.FromQuery(HttpContext, query, $"votes of {iso3}");
        var part = RecordFilter.Parse(query);
        var (before, than) = PlaceOf(paging);
        var rows = await db.Read(async connection =>
        {
            await part.Check(connection, query, clock.GetUtcNow());
            return query.Problem is not null
                ? []
                : await connection.QueryAsync<VoteRow>(
                    $"""
                    SELECT
                        c.resolution, c.recorded_on, c.names, c.source, r.symbol, r.title, r.session, r.kind, r.status, r.record_url
                    FROM roll_call c
                    JOIN resolution r ON r.id = c.resolution
                    WHERE REPLACE(c.names, @iso3, '') <> c.names
                        AND {CurrentRollCall.OfSource}
                        AND (@Session IS NULL OR r.session = @Session)
                        AND {RecordFilter.OnDays}
                        AND (c.recorded_on, c.resolution) < (@before, @than)
                    ORDER BY c.recorded_on DESC, c.resolution DESC
                    LIMIT @Rows
                    """,
                    new
                    {
                        // Codes are capitals and votes are not, so a code is found as itself only: not by LIKE, which
                        // takes the one for the other.
                        iso3,
                        part.Session,
                        part.From,
                        part.To,
                        part.WithCampaign,
                        before,
                        than,
                        paging.Rows,
                    }
                );
        });
        if (query.Problem is { } problem)
        {
            return problem;
        }
        return TypedResults.Ok(
            paging.Page(HttpContext, rows, row => row.VoteOf(iso3), row => $"{row.RecordedOn:O} {row.Resolution}")
        );
    }

    private static (DateOnly Before, string Than) PlaceOf(Paging paging) =>
        paging.After?.Split(' ') is [var day, var id]
            ? (DateOnly.ParseExact(day, "O", CultureInfo.InvariantCulture), id)
            : (DateOnly.MaxValue, "");

    private sealed record VoteRow
    {
        public string Resolution { get; init; } = "";
        public DateOnly RecordedOn { get; init; }
        public string Names { get; init; } = "";
        public string Source { get; init; } = "";
        public string? Symbol { get; init; }
        public string Title { get; init; } = "";
        public string Session { get; init; } = "";
        public string Kind { get; init; } = "";
        public string Status { get; init; } = "";
        public string? RecordUrl { get; init; }

        public VoteOfMember VoteOf(string iso3)
        {
            var name = PackedNames.Find(Names, iso3)!.Value;
            return new VoteOfMember
            {
                MemberState = iso3,
                Resolution = Resolution,
                RecordedOn = RecordedOn,
                Source = EnumWord<RollCallSource>.Parse(Source),
                Vote = name.Vote,
                Intended = name.Intended,
                Symbol = Symbol,
                Title = Title,
                Session = Session,
                Kind = EnumWord<ResolutionKind>.Parse(Kind),
                Status = EnumWord<ResolutionStatus>.Parse(Status),
                RecordUrl = RecordUrl,
            };
        }
    }
}

/// <summary>How a member voted, once.</summary>
public sealed record VoteOfMember
{
    /// <summary>The member's code.</summary>
    public required string MemberState { get; init; }

    /// <summary>The resolution's id.</summary>
    public required string Resolution { get; init; }

    /// <summary>The day of the vote, New York's.</summary>
    public required DateOnly RecordedOn { get; init; }

    /// <summary>The source of the roll call: `library`, the UN's record, or `campaign`, entered by a user of this service.</summary>
    public required RollCallSource Source { get; init; }

    /// <summary>What the record shows.</summary>
    public required Vote Vote { get; init; }

    /// <summary>What it said afterwards it had intended; never counted.</summary>
    public required Vote? Intended { get; init; }

    /// <summary>The document symbol.</summary>
    public required string? Symbol { get; init; }

    /// <summary>The title.</summary>
    public required string Title { get; init; }

    /// <summary>The session's id.</summary>
    public required string Session { get; init; }

    /// <summary>The whole, an amendment, a part of it, or a motion.</summary>
    public required ResolutionKind Kind { get; init; }

    /// <summary>What has become of the text: the Assembly's own word.</summary>
    public required ResolutionStatus Status { get; init; }

    /// <summary>Where the Assembly's record of it is.</summary>
    public required string? RecordUrl { get; init; }
}
