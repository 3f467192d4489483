using System.Globalization;
using System.Text.Json;
using Microsoft.Net.Http.Headers;
using VoteTracker.Database;
using VoteTracker.Http;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting;

namespace VoteTracker.Features.Tallies;

/// <summary>Answers a tally taken apart by group, as JSON or CSV.</summary>
internal static class GetBreakdown
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

    public static RouteHandlerBuilder Map(IEndpointRouteBuilder routes) =>
        Describe(
                routes.MapGet(
                    "/v1/resolutions/{id}/breakdown",
                    (string id, HttpContext http, LiveTallies live) => Handle(id, http, live, Accepts(http))
                ),
                "GetBreakdown",
                "Breaks a tally down by group"
            )
            .Produces<Breakdown>(StatusCodes.Status200OK, "application/json", Csv.MediaType);

    public static RouteHandlerBuilder MapCsv(IEndpointRouteBuilder routes) =>
        Describe(
                routes.MapGet(
                    "/v1/resolutions/{id}/breakdown.csv",
                    (string id, HttpContext http, LiveTallies live) => Handle(id, http, live, csv: true)
                ),
                "GetBreakdownCsv",
                "Breaks a tally down by group, as CSV"
            )
            .Produces<string>(StatusCodes.Status200OK, Csv.MediaType);

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder route, string name, string summary) =>
        route
            .WithMetadata(new FromMemory())
            .Needs(Role.Anonymous)
            .Described(
                name,
                "Tallies",
                summary,
                "A row a group. By `regional-group` the rows add up to the tally, by `bloc` they overlap. Groups of the past are today's groups, but for memberships with dates. CSV by `Accept: text/csv` or the ending."
            )
            .Query(
                "by",
                "`regional-group` (default), `bloc`, or one group's key: its row and `none`.",
                example: "regional-group"
            )
            .Query(
                "asOf",
                "As it was known at this moment; UTC, with its time.",
                typeof(DateTimeOffset),
                "2026-11-21T22:10:00Z"
            )
            .ReadsConditionally()
            .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);

    private static async Task Handle(string id, HttpContext http, LiveTallies live, bool csv)
    {
        var services = http.RequestServices;
        var facts = services.GetRequiredService<Facts>();
        var query = new Query(http);
        var by = query.Text("by") ?? "regional-group";
        var asOf = query.PastMoment("asOf", services.GetRequiredService<TimeProvider>().GetUtcNow());
        var grouping = facts.Groups.By(by);
        if (grouping is null)
        {
            query.Wrong("by", "must be regional-group, bloc, or the key of a group such as african-states or nam");
        }
        if (query.Problem is { } problem)
        {
            await problem.ExecuteAsync(http);
            return;
        }
        var caller = Caller.Of(http);
        if (await ReadyAnswer.See(live, id, caller, ETags.Seen(http.Request)) is not { } snapshot)
        {
            await Problems.NoResolution(id).ExecuteAsync(http);
            return;
        }
        if (asOf is { } moment)
        {
            var counted = await services.GetRequiredService<Db>().Read(c => Recount.AsOf(c, facts, id, moment));
            await SendPast(id, http, caller, counted, grouping!, csv);
            return;
        }
        var body = snapshot.Other($"{by} {csv}", standings => Bytes(standings, grouping!, csv));
        await Send(http, body, snapshot.ETag, snapshot.IsPublic(), csv);
    }

    private static Task SendPast(
        string id,
        HttpContext http,
        Caller caller,
        Counted? counted,
        Grouping grouping,
        bool csv
    )
    {
        if (counted is null)
        {
            return Problems.NotFound($"The resolution '{id}' was not there at that moment.").ExecuteAsync(http);
        }
        return ReadyAnswer.SeesPast(caller, counted)
            ? Send(http, Bytes(counted.Standings, grouping, csv), $"\"{counted.State}\"", isPublic: false, csv)
            : KeyProblems.RoleTooLow(http, caller, Role.Viewer).ExecuteAsync(http);
    }

    private static Task Send(HttpContext http, byte[] body, string etag, bool isPublic, bool csv) =>
        // A tag names one representation: that of the CSV must not be that of the JSON.
        ReadyAnswer.Send(
            http,
            body,
            csv ? $"{etag[..^1]}.csv\"" : etag,
            isPublic,
            csv ? "text/csv; charset=utf-8; header=present" : "application/json; charset=utf-8",
            "Accept, Authorization"
        );

    private static bool Accepts(HttpContext http) =>
        MediaTypeHeaderValue.TryParseList([.. http.Request.Headers.Accept!], out var accepted)
        && accepted.OrderByDescending(a => a.Quality ?? 1).FirstOrDefault()?.MediaType == Csv.MediaType;

    private static byte[] Bytes(Standings standings, Grouping grouping, bool csv)
    {
        var breakdown = Breakdown.Of(standings, grouping);
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
