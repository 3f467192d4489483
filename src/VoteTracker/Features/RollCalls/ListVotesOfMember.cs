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

/// <summary>Lists the votes of a member, the newest first.</summary>
internal sealed class ListVotesOfMember(Db db, ReferenceData referenceData, TimeProvider clock)
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
                    "Lists the votes of a member",
                    "The roll calls of the UN's record that name the member, the newest first. `?source=all` adds those that the campaign entered on other resolutions, marked in `source`. Former members have their own codes. Votes that were announced without names are in no list."
                )
                .TakesPartOfRecord()
                .Pages()
                .Fails(StatusCodes.Status404NotFound, "No current or former member has that code.")
        );
    }

    public override async Task<Results<Ok<Page<VoteOfMember>>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var iso3 = HttpContext.Part(PathParameters.MemberState);
        var kind = referenceData.Roster.Find(iso3)?.Kind;
        if (kind is null or SeatKind.Observer)
        {
            return Problems.NotFound(
                kind is null
                    ? $"No current or former member has the code {SafeText.Quote(iso3)}: ISO 3166-1 alpha-3."
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
                        // Codes are in capitals and votes are not, so only the code matches. LIKE would ignore case.
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

/// <summary>The vote of a member on a resolution.</summary>
public sealed record VoteOfMember
{
    /// <summary>The member's code.</summary>
    public required string MemberState { get; init; }

    /// <summary>The resolution's id.</summary>
    public required string Resolution { get; init; }

    /// <summary>The day of the vote in New York.</summary>
    public required DateOnly RecordedOn { get; init; }

    /// <summary>The source of the roll call: `library`, the UN's record, or `campaign`, entered by a user of this service.</summary>
    public required RollCallSource Source { get; init; }

    /// <summary>The recorded vote.</summary>
    public required Vote Vote { get; init; }

    /// <summary>The vote that the member later said it had intended; never counted.</summary>
    public required Vote? Intended { get; init; }

    /// <summary>The document symbol.</summary>
    public required string? Symbol { get; init; }

    /// <summary>The title.</summary>
    public required string Title { get; init; }

    /// <summary>The session's id.</summary>
    public required string Session { get; init; }

    /// <summary>A draft, an amendment, a paragraph or a motion.</summary>
    public required ResolutionKind Kind { get; init; }

    /// <summary>The status of the resolution, in the Assembly's own word.</summary>
    public required ResolutionStatus Status { get; init; }

    /// <summary>The address of the Assembly's record.</summary>
    public required string? RecordUrl { get; init; }
}
