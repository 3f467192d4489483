using VoteTracker.Database;
using VoteTracker.Http;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.Exports;

/// <summary>Exports every change of the stances on a resolution.</summary>
internal static class ExportHistory
{
    private const string Path = "/v1/resolutions/{id}/export/history";

    public static RouteHandlerBuilder Map(IEndpointRouteBuilder routes) =>
        Describe(routes.MapGet(Path, Handle), "ExportHistory");

    public static RouteHandlerBuilder MapFile(IEndpointRouteBuilder routes) =>
        Describe(routes.MapGet($"{Path}.{{format}}", Handle), "ExportHistoryFile");

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder route, string name) =>
        route
            .Needs(Role.Anonymous)
            .Exports<HistoryExportRow>()
            .Described(
                name,
                "Exports",
                "Exports the history",
                "Every change of every stance, the oldest first. Needs a key of role viewer; who made a change is told to coordinators and up."
            );

    private static async Task Handle(string id, HttpContext http, Db db, Facts facts)
    {
        var request = ExportRequest.Of(http);
        await db.Read(connection => request.See(connection, id, (caller, _) => caller.IsViewer));
        await Export.Send(
            http,
            request.Format,
            Table<HistoryExportRow>.Whole,
            $"{id}-history",
            HistoryExportRow.Pages(db, facts, request, id)
        );
    }
}
