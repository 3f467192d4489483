using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.Filters;
using VoteTracker.Features.Tallies;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Exports.Tables;

/// <summary>Exports a count taken apart by group.</summary>
internal sealed class ExportBreakdown(Db db, ReferenceData facts, TallyCache live) : EndpointWithoutRequest
{
    private const string Path = "/v1/resolutions/{id}/export/breakdown";

    public override void Configure()
    {
        Get(Path, $"{Path}.{{format}}");
        Description(route =>
            route
                .Requires(Right.ReadPublic)
                .Exports<BreakdownExportRow>()
                .Takes(TallyParameters.By)
                .Described(
                    "Exports",
                    "Exports the breakdown",
                    "A row a group. Before the vote the forecast is counted, after it the record, in columns of their own. By `regional-group` the rows add up to the tally, by `bloc` they overlap."
                )
        );
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var request = ExportRequest.Parse(HttpContext);
        var grouping = request.Query.ReadGrouping(TallyParameters.By, facts);
        var standings = await request.Count(db, facts, live, id);
        await Export.Send(
            HttpContext,
            request.Format,
            BreakdownExportRow.TableOf(standings.Source),
            $"{id}-breakdown",
            [.. BreakdownExportRow.FromStandings(standings, grouping!)]
        );
    }
}
