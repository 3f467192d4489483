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
using VoteTracker.Localization;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Tallies;

/// <summary>The base of the two endpoints of a breakdown: with content negotiation, and always CSV.</summary>
internal abstract class BreakdownEndpoint(Db db, ReferenceData referenceData, TallyCache live, TimeProvider clock)
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
                "One row for each group. The rows of regional groups add up to the tally; the rows of blocs overlap. For past moments, the current groups are used, except memberships with dates. CSV is returned for `Accept: text/csv` and for the ending `.csv`."
            )
            .Takes(TallyParameters.By, PastCount.AsOfParameter, TallyParameters.IncludeTally, Lang.Parameter)
            .ReadsConditionally()
            .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);

    protected async Task Respond(bool csv)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var query = new Query(HttpContext);
        var grouping = query.ReadGrouping(TallyParameters.By, referenceData);
        var language = query.ReadLanguage();
        var asOf = query.Read(PastCount.AsOfParameter, clock.Moment());
        var withTally = query.Read(TallyParameters.IncludeTally) is not null && !csv;
        if (query.Problem is { } problem)
        {
            await problem.ExecuteAsync(HttpContext);
            return;
        }
        var caller = Caller.FromContext(HttpContext);
        if (await live.FindVisible(id, caller, ETags.Seen(HttpContext.Request)) is not { } snapshot)
        {
            await Problems.NoResolution(id).ExecuteAsync(HttpContext);
            return;
        }
        var format = csv ? RepresentationFormat.NegotiatedCsv : RepresentationFormat.NegotiatedJson.In(language);
        if (asOf is { } moment)
        {
            var past = await PastCount.Load(HttpContext, db, referenceData, id, moment);
            var uncached = new Representation(Bytes(past, grouping!, csv, withTally, language), past.StateName, format);
            await ConditionalResponse.Send(HttpContext, uncached, isPublic: false, live.Age);
            return;
        }
        var representation = snapshot.Representations.GetOrCreate(
            $"breakdown {grouping!.By}{(withTally ? " tally" : "")}{format.TagSuffix}",
            format,
            snapshot.Standings,
            standings => Bytes(standings, grouping, csv, withTally, language)
        );
        await ConditionalResponse.Send(HttpContext, representation, snapshot.IsPublic(), live.Age);
    }

    private static byte[] Bytes(Standings standings, Grouping grouping, bool csv, bool withTally, Language language)
    {
        var breakdown = Breakdown.FromStandings(standings, grouping) with
        {
            Tally = withTally ? Tally.FromStandings(standings) : null,
        };
        return csv
            ? Csv.Write(Header, breakdown.Rows.Select(row => Fields(breakdown.By, row)))
            : JsonSerializer.SerializeToUtf8Bytes(breakdown, Json.For(language));
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
