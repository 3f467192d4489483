using System.Text.Json;
using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Limits;
using VoteTracker.Endpoints.Metadata;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Features.Exports.Tables;
using VoteTracker.Live;
using VoteTracker.Localization;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Tallies;

/// <summary>Returns the tally of a resolution, now or as of a moment.</summary>
internal sealed class GetTally(TallyCache live, Db db, ReferenceData referenceData, TimeProvider clock)
    : EndpointWithoutRequest
{
    private static readonly WordParameter<MajorityRule> RuleParameter = new(
        "rule",
        "Counts under `two-thirds` or `simple-majority` instead of the majority that is needed, because the Assembly can vote on which one is needed. A motion always needs a simple majority (rule 85)."
    )
    {
        Only = [MajorityRule.TwoThirds, MajorityRule.SimpleMajority],
    };

    public override void Configure()
    {
        Get("/v1/resolutions/{id}/tally");
        Description(route =>
            route
                // The most frequent poll.
                .AnsweredBy(Answer)
                .WithMetadata(new FromMemory())
                .Requires(Right.ReadPublic)
                .Described(
                    "Tallies",
                    "Counts a resolution",
                    "Whether the majority is reached, with the margin, and what would change the result. It is served from memory: poll it with If-None-Match, or listen to its stream. Without a key, `counting=confirmed` and `asOf` are available only for recorded votes. With `Accept: text/csv` it is a CSV table with one row."
                )
                .Takes(PastCount.AsOfParameter, TallyParameters.Counting, RuleParameter, Lang.Parameter)
                .Produces<Tally>(StatusCodes.Status200OK, "application/json", Csv.MediaType)
                .ReadsConditionally()
                .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound)
        );
    }

    public override Task HandleAsync(CancellationToken ct) => Answer(HttpContext);

    private Task Answer(HttpContext http) =>
        http.Request.QueryString.HasValue
            ? RespondToQuery(http.Part(PathParameters.Resolution), http)
            : RespondNewest(http.Part(PathParameters.Resolution), http);

    private async Task RespondNewest(string id, HttpContext http)
    {
        if (await live.FindVisible(id, Caller.FromContext(http), ETags.Seen(http.Request)) is not { } snapshot)
        {
            await Problems.NoResolution(id).ExecuteAsync(http);
            return;
        }
        await RespondNewest(http, snapshot);
    }

    private async Task RespondToQuery(string id, HttpContext http)
    {
        var query = new Query(http);
        var asOf = query.Read(PastCount.AsOfParameter, clock.Moment());
        var counting = query.Read(TallyParameters.Counting) ?? Counting.All;
        var rule = query.Read(RuleParameter);
        var language = query.ReadLanguage();
        if (query.Problem is { } problem)
        {
            await problem.ExecuteAsync(http);
            return;
        }
        var caller = Caller.FromContext(http);
        if (await live.FindVisible(id, caller, ETags.Seen(http.Request)) is not { } snapshot)
        {
            await Problems.NoResolution(id).ExecuteAsync(http);
            return;
        }
        if (asOf is { } moment)
        {
            var standings = await PastCount.Load(http, db, referenceData, id, moment);
            await RespondPast(http, standings, counting, rule, language);
            return;
        }
        if (RuleProblem(snapshot.Standings, rule) is { } wrongRule)
        {
            await wrongRule.ExecuteAsync(http);
            return;
        }
        if (counting == Counting.All && rule is null && language == Language.English)
        {
            await RespondNewest(http, snapshot);
            return;
        }
        var shared = counting == Counting.All || snapshot.Basis != Basis.Stances;
        if (!shared && !caller.May(Right.SeeStances))
        {
            await KeyProblems.RoleTooLow(http, caller, Right.SeeStances).ExecuteAsync(http);
            return;
        }
        var format = TallyRepresentation.Format(TallyRepresentation.PrefersCsv(http.Request), language);
        var representation = snapshot.Representations.GetOrCreate(
            $"tally {counting} {rule}{format.TagSuffix}",
            format,
            snapshot.Standings,
            standings => TallyRepresentation.Bytes(Count(standings, counting, rule), format, language)
        );
        await ConditionalResponse.Send(http, representation, snapshot.IsPublic() && shared, live.Age);
    }

    private static ProblemHttpResult? RuleProblem(Standings standings, MajorityRule? rule) =>
        rule is { } requested && !requested.IsPossibleFor(standings.Kind)
            ? Problems.Invalid("rule", ValidationRules.SimpleForMotions)
            : null;

    private Task RespondPast(
        HttpContext http,
        Standings standings,
        Counting counting,
        MajorityRule? rule,
        Language language
    )
    {
        if (RuleProblem(standings, rule) is { } wrongRule)
        {
            return wrongRule.ExecuteAsync(http);
        }
        var format = TallyRepresentation.Format(TallyRepresentation.PrefersCsv(http.Request), language);
        var body = TallyRepresentation.Bytes(Count(standings, counting, rule), format, language);
        var representation = new Representation(body, standings.StateName, format);
        return ConditionalResponse.Send(http, representation, isPublic: false, live.Age);
    }

    // The most frequent poll.
    private Task RespondNewest(HttpContext http, TallySnapshot snapshot)
    {
        var representation = TallyRepresentation.Of(
            snapshot,
            TallyRepresentation.PrefersCsv(http.Request),
            Language.English
        );
        return ConditionalResponse.Send(http, representation, snapshot.IsPublic(), live.Age);
    }

    private static Tally Count(Standings standings, Counting counting, MajorityRule? rule) =>
        Tally.FromStandings(rule is { } other ? standings with { Rule = other } : standings, counting);
}
