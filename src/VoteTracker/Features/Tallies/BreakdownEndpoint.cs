using System.Globalization;
using System.Text.Json;
using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Limits;
using VoteTracker.Endpoints.Metadata;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Features.Filters;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Tallies;

/// <summary>What the two addresses of a breakdown share: JSON and CSV.</summary>
internal abstract class BreakdownEndpoint(Db db, ReferenceData facts, TallyCache live, TimeProvider clock)
    : EndpointWithoutRequest
{
    private static readonly string[] Header =
    [
        "group_scheme",
        "group",
        "members",
        "eligible",
        "yes",
        "no",
        "abstain",
        "absent",
        "undecided",
        "unknown",
        "ineligible",
        "co_sponsors",
        "present_and_voting",
        "yes_share",
    ];

    protected static RouteHandlerBuilder Describe(RouteHandlerBuilder route, string summary) =>
        route
            .WithMetadata(new FromMemory())
            .Requires(Right.ReadPublic)
            .Described(
                "Tallies",
                summary,
                "A row a group. By `regional-group` the rows add up to the tally, by `bloc` they overlap. Groups of the past are today's groups, but for memberships with dates. CSV by `Accept: text/csv` or the ending."
            )
            .Takes(TallyParameters.By, PastCount.AsOfParameter)
            .ReadsConditionally()
            .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);

    protected async Task Respond(bool csv)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var query = new Query(HttpContext);
        var grouping = query.ReadGrouping(TallyParameters.By, facts);
        var asOf = query.Read(PastCount.AsOfParameter, clock.Moment());
        if (query.Problem is { } problem)
        {
            await problem.ExecuteAsync(HttpContext);
            return;
        }
        var caller = Caller.FromContext(HttpContext);
        if (await ReadyAnswer.See(live, id, caller, ETags.Seen(HttpContext.Request)) is not { } snapshot)
        {
            await Problems.NoResolution(id).ExecuteAsync(HttpContext);
            return;
        }
        if (asOf is { } moment)
        {
            var past = await PastCount.Load(HttpContext, db, facts, id, moment);
            await Respond(Bytes(past.Standings, grouping!, csv), $"\"{past.State}\"", isPublic: false, csv);
            return;
        }
        var body = snapshot.Other($"{grouping!.By} {csv}", standings => Bytes(standings, grouping, csv));
        await Respond(body, snapshot.ETag, snapshot.IsPublic(), csv);
    }

    private Task Respond(byte[] body, string etag, bool isPublic, bool csv) =>
        // A tag names one representation: that of the CSV must not be that of the JSON.
        ReadyAnswer.Send(
            HttpContext,
            body,
            csv ? $"{etag[..^1]}.csv\"" : etag,
            isPublic,
            csv ? "text/csv; charset=utf-8; header=present" : "application/json; charset=utf-8",
            "Accept, Authorization"
        );

    private static byte[] Bytes(Standings standings, Grouping grouping, bool csv)
    {
        var breakdown = Breakdown.FromStandings(standings, grouping);
        return csv
            ? Csv.Write(Header, breakdown.Rows.Select(row => Fields(breakdown.By, row)))
            : JsonSerializer.SerializeToUtf8Bytes(breakdown, Json.Options);
    }

    private static IReadOnlyList<object?> Fields(string by, BreakdownRow row) =>
        [
            by,
            row.Group,
            row.Members,
            row.Eligible,
            row.Yes,
            row.No,
            row.Abstain,
            row.Absent,
            row.Undecided,
            row.Unknown,
            row.Ineligible,
            row.CoSponsors,
            row.PresentAndVoting,
            row.YesShare?.ToString("0.0000", CultureInfo.InvariantCulture),
        ];
}
