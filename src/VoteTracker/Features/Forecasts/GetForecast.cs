using System.Globalization;
using System.Text.Json;
using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Limits;
using VoteTracker.Endpoints.Metadata;
using VoteTracker.Features.Filters;
using VoteTracker.Features.MemberStates;
using VoteTracker.Features.Record;
using VoteTracker.Features.Stances;
using VoteTracker.Features.Tallies;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Forecasts;

/// <summary>Answers how likely a resolution is to be carried.</summary>
internal sealed class GetForecast(TallyCache live, ForecastCache forecasts, Db db, ReferenceData facts)
    : EndpointWithoutRequest
{
    private static readonly ShareParameter BlocShockParameter = new(
        "blocShock",
        "Also the chance where regional groups move together: the correlation of leanings within a group, 0 to 1.",
        "0.2"
    );

    private static readonly TextParameter ExplainParameter = new(
        "explain",
        "Also one member's chances layer by layer.",
        "ZAF"
    );

    public override void Configure()
    {
        Get("/v1/resolutions/{id}/forecast");
        Description(route =>
            route
                .WithMetadata(new FromMemory())
                .Requires(Right.SeeForecasts, hidesExistence: true)
                .Described(
                    "Forecasts",
                    "Forecasts a vote",
                    "The chance that the majority is reached, computed exactly from four chances a member: every no moves the bar, so it is the chance that Y − 2N is 0 or more with a yes in it (under a simple majority, that Y − N is more than 0). With the chance of each margin, what is to be expected, and how much each member would change it. Kept ready: poll it with If-None-Match."
                )
                .Takes(BlocShockParameter, ExplainParameter, RecordFilter.SourceParameter)
                .Produces<ForecastReport>()
                .ReadsConditionally()
                .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound)
                .Fails(
                    StatusCodes.Status409Conflict,
                    "The vote is over, or the member that is to be explained may not vote on its day."
                )
        );
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var caller = Caller.FromContext(HttpContext);
        if (await ReadyAnswer.See(live, id, caller) is not { } snapshot)
        {
            await Problems.NoResolution(id).ExecuteAsync(HttpContext);
            return;
        }
        if (RequiresRight.Check(HttpContext) is { } roleTooLow)
        {
            await roleTooLow.ExecuteAsync(HttpContext);
            return;
        }
        if (snapshot.Basis != Basis.Stances)
        {
            await StanceForUpdate.VoteIsOver(snapshot.Standings.Status).ExecuteAsync(HttpContext);
            return;
        }
        if (HttpContext.Request.QueryString.HasValue)
        {
            await RespondToQuery(snapshot);
            return;
        }
        var prospects = await forecasts.Get(snapshot);
        await Respond(prospects, prospects.Ready("", static p => Json(ForecastReport.Create(p, shock: null))));
    }

    private async Task RespondToQuery(TallySnapshot snapshot)
    {
        var roster = facts.Roster;
        var query = new Query(HttpContext);
        var shock = query.Read(BlocShockParameter);
        var explain = query.ReadState(ExplainParameter, facts, SeatKind.Member);
        var withCampaign = query.Read(RecordFilter.SourceParameter) == RecordSource.All;
        if (query.Problem is { } problem)
        {
            await problem.ExecuteAsync(HttpContext);
            return;
        }
        var prospects = await forecasts.Get(snapshot, withCampaign);
        if (explain is null)
        {
            var name = shock?.ToString("R", CultureInfo.InvariantCulture) ?? "";
            await Respond(prospects, prospects.Ready(name, p => Json(ForecastReport.Create(p, shock))));
            return;
        }
        if (prospects.Members.FirstOrDefault(m => m.Ballot.MemberState == explain) is { } member)
        {
            var report = ForecastReport.Create(prospects, shock) with
            {
                Explain = ExplainedState.Create(prospects, member),
            };
            await Respond(prospects, Json(report));
            return;
        }
        // It has no chances, and this is why.
        var entry = await db.Read(c => Ineligibility.Find(c, explain));
        var barred = Ineligibility.Bars(
            roster.Find(explain)!,
            prospects.Counted.Standings.Day,
            entry is null ? null : new Spell(entry.From, entry.Until),
            entry?.Reason
        );
        // Whoever took the entry away meanwhile finds the member in the next answer.
        await (barred ?? ConflictTypes.IneligibleInForecast.Create(explain)).ExecuteAsync(HttpContext);
    }

    private Task Respond(ForecastSnapshot prospects, byte[] body) =>
        ReadyAnswer.Send(
            HttpContext,
            body,
            $"\"{prospects.State}\"",
            isPublic: false,
            "application/json; charset=utf-8",
            "Authorization"
        );

    private static byte[] Json(ForecastReport report) =>
        JsonSerializer.SerializeToUtf8Bytes(report, VoteTracker.Endpoints.Binding.Json.Options);
}
