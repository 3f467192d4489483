using Dapper;
using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.Record;
using VoteTracker.Features.Stances;
using VoteTracker.Features.Tallies;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Forecasts;

/// <summary>Shows the shortest way to turn a result, and whom to talk to first.</summary>
internal sealed class GetPath(TallyCache live, ForecastCache forecasts, Db db)
    : EndpointWithoutRequest<Results<Ok<PathReport>, ProblemHttpResult>>
{
    private static readonly WordParameter<Goal> GoalParameter = new(
        "goal",
        "What the states are ranked for: `adopt` (default) or `block`."
    );

    public override void Configure()
    {
        Get("/v1/resolutions/{id}/path");
        Description(route =>
            route
                .Requires(Right.SeeForecasts, hidesExistence: true)
                .Described(
                    "Forecasts",
                    "Shows what would turn the result, and whom to talk to",
                    "The fewest flips that would reach the majority from here or, where it is reached, lose it: by kind and all together, with how many there are to flip. And the states to talk to for a goal, ranked by gain × reachability, each part of it shown. For lobbyists and up, the days since the last engagement with a state are a part too."
                )
                .Takes(GoalParameter, RecordFilter.SourceParameter)
                .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound)
                .Fails(StatusCodes.Status409Conflict, "The vote is over.")
        );
    }

    public override async Task<Results<Ok<PathReport>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var caller = Caller.FromContext(HttpContext);
        if (await ReadyAnswer.See(live, id, caller) is not { } snapshot)
        {
            return Problems.NoResolution(id);
        }
        if (RequiresRight.Check(HttpContext) is { } roleTooLow)
        {
            return roleTooLow;
        }
        var query = new Query(HttpContext);
        var goal = query.Read(GoalParameter) ?? Goal.Adopt;
        var withCampaign = query.Read(RecordFilter.SourceParameter) == RecordSource.All;
        if (query.Problem is { } problem)
        {
            return problem;
        }
        if (snapshot.Basis != Basis.Stances)
        {
            return StanceProblems.VoteIsOver(snapshot.Standings.Status);
        }
        var prospects = await forecasts.Get(snapshot, withCampaign);
        var seesContacts = caller.May(Right.SeeContacts);
        var (coSponsors, contacts) = await db.Read(async connection =>
            (
                await connection.QueryAsync<CoSponsorRow>(
                    "SELECT member_state, status FROM co_sponsor WHERE resolution = @id",
                    new { id }
                ),
                seesContacts
                    ? await connection.QueryAsync<ContactRow>(
                        """
                        SELECT c.member_state, MAX(e.on_day) AS on_day
                        FROM engagement e
                        JOIN contact c ON c.id = e.contact
                        WHERE e.on_day <= @Today
                        GROUP BY c.member_state
                        """,
                        new { prospects.Today }
                    )
                    : []
            )
        );
        var spoken = contacts.ToDictionary(row => row.MemberState, row => row.OnDay, StringComparer.Ordinal);
        return TypedResults.Ok(
            PathReport.Create(
                prospects,
                goal,
                coSponsors.ToDictionary(
                    row => row.MemberState,
                    row => EnumWord<CoSponsorStatus>.Parse(row.Status),
                    StringComparer.Ordinal
                ),
                code =>
                    !seesContacts ? null
                    : spoken.TryGetValue(code, out var day) ? new LastContact(prospects.Today.DayNumber - day.DayNumber)
                    : new LastContact(null)
            )
        );
    }

    private sealed record CoSponsorRow
    {
        public string MemberState { get; init; } = "";
        public string Status { get; init; } = "";
    }

    private sealed record ContactRow
    {
        public string MemberState { get; init; } = "";
        public DateOnly OnDay { get; init; }
    }
}
