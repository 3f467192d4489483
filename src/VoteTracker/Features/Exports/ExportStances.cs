using VoteTracker.Database;
using VoteTracker.Http;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.Exports;

/// <summary>Exports where all member states stand on a resolution.</summary>
internal static class ExportStances
{
    private const string Path = "/v1/resolutions/{id}/export/stances";

    public static RouteHandlerBuilder Map(IEndpointRouteBuilder routes) =>
        Describe(routes.MapGet(Path, Handle), "ExportStances");

    public static RouteHandlerBuilder MapFile(IEndpointRouteBuilder routes) =>
        Describe(routes.MapGet($"{Path}.{{format}}", Handle), "ExportStancesFile");

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder route, string name) =>
        route
            .Needs(Role.Anonymous)
            .Exports<StanceExportRow>()
            .Described(
                name,
                "Exports",
                "Exports the stances",
                "A row each member of the day of the vote, in the order of their codes: those unknown and those that may not vote too. After the vote what the record shows stands beside the stance, in columns of its own. Without a key, where the visibility is `positions`, the position of now and no more of the stance."
            );

    private static async Task Handle(string id, HttpContext http, Db db, Facts facts)
    {
        var request = ExportRequest.Of(http);
        var rows = await db.Read(async connection =>
        {
            var resolution = await request.See(
                connection,
                id,
                (caller, r) => caller.IsViewer || request.AsOf is null && caller.SeesPositions(r.Visibility)
            );
            return await StanceExportRow.All(connection, facts, request, resolution);
        });
        await Export.Send(http, request.Format, Table<StanceExportRow>.Whole, $"{id}-stances", rows);
    }
}
