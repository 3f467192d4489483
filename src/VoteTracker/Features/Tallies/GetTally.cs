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
using VoteTracker.Security;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Tallies;

/// <summary>Answers the tally of a resolution, now or as of a moment.</summary>
internal sealed class GetTally(TallyCache live, Db db, ReferenceData facts, TimeProvider clock) : EndpointWithoutRequest
{
    private static readonly WordParameter<MajorityRule> RuleParameter = new(
        "rule",
        "Counts the same under `two-thirds` or `simple-majority`, whichever it needs: which one is needed can itself be put to the vote. A motion needs a simple majority (rule 85) and no other."
    )
    {
        Only = [MajorityRule.TwoThirds, MajorityRule.SimpleMajority],
    };

    public override void Configure()
    {
        Get("/v1/resolutions/{id}/tally");
        Description(route =>
            route
                // Polled more than all others.
                .AnsweredBy(Answer)
                .WithMetadata(new FromMemory())
                .Requires(Right.ReadPublic)
                .Described(
                    "Tallies",
                    "Counts a resolution",
                    "Whether the majority is reached, by how much, and what would turn it. Kept ready: poll it with If-None-Match, or listen to its stream. Without a key `counting=confirmed` and `asOf` are answered only of the record. With `Accept: text/csv` the same is a CSV table of one row."
                )
                .Takes(PastCount.AsOfParameter, TallyParameters.Counting, RuleParameter)
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
        if (await ReadyAnswer.See(live, id, Caller.FromContext(http), ETags.Seen(http.Request)) is not { } snapshot)
        {
            await Problems.NoResolution(id).ExecuteAsync(http);
            return;
        }
        await Respond(http, snapshot);
    }

    private async Task RespondToQuery(string id, HttpContext http)
    {
        var query = new Query(http);
        var asOf = query.Read(PastCount.AsOfParameter, clock.Moment());
        var counting = query.Read(TallyParameters.Counting) ?? Counting.All;
        var rule = query.Read(RuleParameter);
        if (query.Problem is { } problem)
        {
            await problem.ExecuteAsync(http);
            return;
        }
        var caller = Caller.FromContext(http);
        if (await ReadyAnswer.See(live, id, caller, ETags.Seen(http.Request)) is not { } snapshot)
        {
            await Problems.NoResolution(id).ExecuteAsync(http);
            return;
        }
        if (asOf is { } moment)
        {
            var counted = await PastCount.Load(http, db, facts, id, moment);
            await RespondPast(http, counted, counting, rule);
            return;
        }
        if (RuleProblem(snapshot.Standings, rule) is { } wrongRule)
        {
            await wrongRule.ExecuteAsync(http);
            return;
        }
        if (counting == Counting.All && rule is null)
        {
            await Respond(http, snapshot);
            return;
        }
        var shared = counting == Counting.All || snapshot.Basis != Basis.Stances;
        if (!shared && !caller.May(Right.SeeStances))
        {
            await KeyProblems.RoleTooLow(http, caller, Right.SeeStances).ExecuteAsync(http);
            return;
        }
        var csv = PrefersCsv(http);
        var body = snapshot.Other(
            $"tally {counting} {rule} {csv}",
            standings => Bytes(Count(standings, counting, rule), csv)
        );
        await Respond(http, body, snapshot.ETag, snapshot.IsPublic() && shared, csv);
    }

    private static ProblemHttpResult? RuleProblem(Standings standings, MajorityRule? rule) =>
        rule is { } asked && !asked.IsPossibleFor(standings.Kind)
            ? Problems.Invalid("rule", ValidationRules.SimpleForMotions)
            : null;

    private static Task RespondPast(HttpContext http, Counted counted, Counting counting, MajorityRule? rule)
    {
        if (RuleProblem(counted.Standings, rule) is { } wrongRule)
        {
            return wrongRule.ExecuteAsync(http);
        }
        var csv = PrefersCsv(http);
        var body = Bytes(Count(counted.Standings, counting, rule), csv);
        return Respond(http, body, $"\"{counted.State}\"", isPublic: false, csv);
    }

    private static bool PrefersCsv(HttpContext http) =>
        ContentNegotiation.Choose(http.Request.Headers.Accept, "application/json", Csv.MediaType) == 1;

    // The poll: its JSON is ready.
    private static Task Respond(HttpContext http, TallySnapshot snapshot)
    {
        var csv = PrefersCsv(http);
        var body = csv ? snapshot.Other("tally csv", _ => Bytes(snapshot.Tally, csv: true)) : snapshot.TallyJson;
        return Respond(http, body, snapshot.ETag, snapshot.IsPublic(), csv);
    }

    private static Task Respond(HttpContext http, byte[] body, string etag, bool isPublic, bool csv) =>
        // A tag names one representation, so CSV has another than JSON.
        ReadyAnswer.Send(
            http,
            body,
            csv ? $"{etag[..^1]}.csv\"" : etag,
            isPublic,
            csv ? "text/csv; charset=utf-8; header=present" : "application/json; charset=utf-8",
            "Accept, Authorization"
        );

    private static Tally Count(Standings standings, Counting counting, MajorityRule? rule) =>
        Tally.FromStandings(rule is { } other ? standings with { Rule = other } : standings, counting);

    private static byte[] Bytes(Tally tally, bool csv) =>
        csv
            ? TallyExportRow.Csv(tally)
            : JsonSerializer.SerializeToUtf8Bytes(tally, VoteTracker.Endpoints.Binding.Json.Options);
}
