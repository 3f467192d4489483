using System.Text.Json;
using Dapper;
using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Limits;
using VoteTracker.Endpoints.Metadata;
using VoteTracker.Features.Filters;
using VoteTracker.Features.Record;
using VoteTracker.Features.Tallies;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Records;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.RollCalls;

/// <summary>Shows the cohesion of each group in a vote.</summary>
internal sealed class GetCohesion(TallyCache live, Db db, ReferenceData referenceData) : EndpointWithoutRequest
{
    public override void Configure()
    {
        Get("/v1/resolutions/{id}/cohesion");
        Description(route =>
            route
                .WithMetadata(new FromMemory())
                .Requires(Right.ReadPublic)
                .Described(
                    "Roll calls",
                    "Shows the cohesion of each group",
                    "For the vote in the UN's record, by the same groups as the breakdown; `?source=all` also allows a vote that the campaign entered. The Rice index, |Y − N| / (Y + N), ignores abstentions. The agreement index counts them as a third choice. It is (max(Y, N, A) − ½[(Y + N + A) − max(Y, N, A)]) / (Y + N + A). Neither includes members that did not vote. Groups are the groups of today, except for memberships with dates."
                )
                .Takes(TallyParameters.By, RecordFilter.SourceParameter)
                .Produces<CohesionReport>()
                .ReadsConditionally()
                .Fails(StatusCodes.Status400BadRequest)
                .Fails(
                    StatusCodes.Status404NotFound,
                    "This caller can see no resolution of that id, or no vote on it is recorded with names."
                )
        );
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var query = new Query(HttpContext);
        var grouping = query.ReadGrouping(TallyParameters.By, referenceData);
        var withCampaign = query.Read(RecordFilter.SourceParameter) == RecordSource.All;
        if (query.Problem is { } problem)
        {
            await problem.ExecuteAsync(HttpContext);
            return;
        }
        if (
            await live.FindVisible(id, Caller.FromContext(HttpContext), ETags.Seen(HttpContext.Request))
            is not { } snapshot
        )
        {
            await Problems.NoResolution(id).ExecuteAsync(HttpContext);
            return;
        }
        if (snapshot.Basis != Basis.RecordedVotes)
        {
            await Problems.NotFound($"No vote on '{id}' is recorded with names.").ExecuteAsync(HttpContext);
            return;
        }
        if (!withCampaign && snapshot.Standings.Source == RollCallSource.Campaign)
        {
            await RespondLibrary(snapshot, grouping!);
            return;
        }
        var representation = snapshot.Representations.GetOrCreate(
            $"cohesion {grouping!.By}",
            RepresentationFormat.Json,
            snapshot.Standings,
            standings => Bytes(standings, grouping)
        );
        await ConditionalResponse.Send(HttpContext, representation, snapshot.IsPublic(), live.Age);
    }

    // The roll call of the campaign is the newest. There can be one of the UN's record, too.
    private async Task RespondLibrary(TallySnapshot snapshot, Grouping grouping)
    {
        var id = snapshot.Standings.Resolution;
        var row = await db.Read(connection =>
            connection.QueryFirstOrDefaultAsync<CountedRollCallRow>(
                $"""
                SELECT recorded_on, names, members, source
                FROM roll_call
                WHERE resolution = @id AND has_names AND {CurrentRollCall.NewestOfLibrary}
                """,
                new { id }
            )
        );
        if (row is null)
        {
            await Problems
                .NotFound(
                    $"The UN's record has no vote on '{id}' with names. The campaign entered one; add ?source=all to get it."
                )
                .ExecuteAsync(HttpContext);
            return;
        }
        var standings = snapshot.Standings with
        {
            Day = row.RecordedOn,
            Source = RollCallSource.Library,
            Ballots = row.RollCall.Names,
        };
        var representation = new Representation(
            Bytes(standings, grouping),
            snapshot.EventId,
            RepresentationFormat.Json
        );
        await ConditionalResponse.Send(HttpContext, representation, snapshot.IsPublic(), live.Age);
    }

    private static byte[] Bytes(Standings standings, Grouping grouping) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new CohesionReport
            {
                Resolution = standings.Resolution,
                Version = standings.Version,
                RecordedOn = standings.Day,
                Source = standings.Source!.Value,
                By = grouping.By,
                GroupsAsOf = grouping.Groups.CompiledOn,
                RiceFormula = Cohesion.RiceFormula,
                AgreementFormula = Cohesion.AgreementFormula,
                Assembly = Cohesion.FromVotes("all", standings.Ballots),
                Rows = Cohesion.By(grouping, standings.Ballots, standings.Day),
            },
            Json.Options
        );
}

/// <summary>The cohesion of each group in a roll call.</summary>
public sealed record CohesionReport
{
    /// <summary>The resolution's id.</summary>
    public required string Resolution { get; init; }

    /// <summary>The resolution's version.</summary>
    public required long Version { get; init; }

    /// <summary>The day of the vote in New York.</summary>
    public required DateOnly RecordedOn { get; init; }

    /// <summary>The source of the roll call: `library`, the UN's record, or `campaign`, entered by a user of this service.</summary>
    public required RollCallSource Source { get; init; }

    /// <summary>`regional-group`, `bloc`, or one group's key.</summary>
    public required string By { get; init; }

    /// <summary>The day on which the lists of groups were compiled.</summary>
    public required DateOnly GroupsAsOf { get; init; }

    /// <summary>The formula of the Rice index, and its source.</summary>
    public required string RiceFormula { get; init; }

    /// <summary>The formula of the agreement index, and its source.</summary>
    public required string AgreementFormula { get; init; }

    /// <summary>All members as one group, for comparison.</summary>
    public required Cohesion Assembly { get; init; }

    /// <summary>A row for each group.</summary>
    public required IReadOnlyList<Cohesion> Rows { get; init; }
}
