using VoteTracker.Database;
using VoteTracker.Http;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting;

namespace VoteTracker.Features.Exports;

/// <summary>Exports a count taken apart by group.</summary>
internal static class ExportBreakdown
{
    private const string Path = "/v1/resolutions/{id}/export/breakdown";

    public static RouteHandlerBuilder Map(IEndpointRouteBuilder routes) =>
        Describe(routes.MapGet(Path, Handle), "ExportBreakdown");

    public static RouteHandlerBuilder MapFile(IEndpointRouteBuilder routes) =>
        Describe(routes.MapGet($"{Path}.{{format}}", Handle), "ExportBreakdownFile");

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder route, string name) =>
        route
            .Needs(Role.Anonymous)
            .Exports<BreakdownExportRow>()
            .Query(
                "by",
                "`regional-group` (default), `bloc`, or one group's key: its row and `none`.",
                example: "regional-group"
            )
            .Described(
                name,
                "Exports",
                "Exports the breakdown",
                "A row a group. Before the vote the forecast is counted, after it the record, in columns of their own. By `regional-group` the rows add up to the tally, by `bloc` they overlap."
            );

    private static async Task Handle(string id, HttpContext http, Db db, Facts facts, LiveTallies live)
    {
        var request = ExportRequest.Of(http);
        var by = request.Query.Text("by") ?? "regional-group";
        var grouping = facts.Groups.By(by);
        if (grouping is null)
        {
            request.Query.Wrong(
                "by",
                "must be regional-group, bloc, or the key of a group such as african-states or nam"
            );
        }
        var standings = await request.Count(db, facts, live, id);
        await Export.Send(
            http,
            request.Format,
            BreakdownExportRow.TableOf(isRecorded: standings.Basis is Basis.RecordedVotes or Basis.Announced),
            $"{id}-breakdown",
            [.. BreakdownExportRow.Of(standings, grouping!)]
        );
    }
}
