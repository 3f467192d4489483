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

/// <summary>Returns the fewest changes that turn the result, and ranks the member states to talk to.</summary>
internal sealed class GetPath(TallyCache live, ForecastCache forecasts, Db db)
    : EndpointWithoutRequest<Results<Ok<PathReport>, ProblemHttpResult>>
{
    private static readonly WordParameter<Goal> GoalParameter = new(
        "goal",
        "The goal of the ranking: `adopt` (default) or `block`."
    );

    public override void Configure()
    {
        Get("/v1/resolutions/{id}/path");
        Description(route =>
            route
                .Requires(Right.SeeForecasts, hidesExistence: true)
                .Described(
                    "Forecasts",
                    "Shows what would turn the result, and which states to talk to",
                    "The fewest flips that reach the majority, or that lose it if it is reached. They are counted by kind and in total, with the number of possible flips. Also the states to talk to for a goal, ranked by gain × reachability, with each factor. For lobbyists and higher roles, the days since the last engagement with a state are a factor too."
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
        if (await live.FindVisible(id, caller) is not { } snapshot)
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
        var forecast = await forecasts.Get(snapshot, withCampaign);
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
                        new { forecast.Today }
                    )
                    : []
            )
        );
        var lastContacts = contacts.ToDictionary(row => row.MemberState, row => row.OnDay, StringComparer.Ordinal);
        return TypedResults.Ok(
            PathReport.Create(
                forecast,
                goal,
                coSponsors.ToDictionary(
                    row => row.MemberState,
                    row => EnumWord<CoSponsorStatus>.Parse(row.Status),
                    StringComparer.Ordinal
                ),
                code =>
                    !seesContacts ? null
                    : lastContacts.TryGetValue(code, out var day)
                        ? new LastContact(forecast.Today.DayNumber - day.DayNumber)
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
