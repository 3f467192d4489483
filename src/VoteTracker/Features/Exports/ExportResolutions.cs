using VoteTracker.Database;
using VoteTracker.Http;
using VoteTracker.Security;

namespace VoteTracker.Features.Exports;

/// <summary>Exports the texts that were voted on.</summary>
internal static class ExportResolutions
{
    private const string Path = "/v1/export/resolutions";

    public static RouteHandlerBuilder Map(IEndpointRouteBuilder routes) =>
        Describe(routes.MapGet(Path, Handle), "ExportResolutions");

    public static RouteHandlerBuilder MapFile(IEndpointRouteBuilder routes) =>
        Describe(routes.MapGet($"{Path}.{{format}}", Handle), "ExportResolutionsFile");

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder route, string name) =>
        route
            .Needs(Role.Anonymous)
            .Exports<ResolutionExportRow>()
            .Filters()
            .Described(
                name,
                "Exports",
                "Exports the resolutions of the record",
                "A row each text of which a vote is recorded, the oldest first, with the totals counted from its names and those that were announced."
            );

    private static async Task Handle(HttpContext http, Db db)
    {
        var request = ExportRequest.Of(http);
        var filter = await RecordFilter.Of(request, db);
        await request.CheckRecord(db, filter);
        await Export.Send(
            http,
            request.Format,
            Table<ResolutionExportRow>.Whole,
            "resolutions",
            ResolutionExportRow.Pages(db, filter, request.KnownUntil)
        );
    }
}
