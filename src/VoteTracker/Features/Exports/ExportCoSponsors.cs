using VoteTracker.Database;
using VoteTracker.Http;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.Exports;

/// <summary>Exports who is behind a text.</summary>
internal static class ExportCoSponsors
{
    private const string Path = "/v1/resolutions/{id}/export/co-sponsors";

    public static RouteHandlerBuilder Map(IEndpointRouteBuilder routes) =>
        Describe(routes.MapGet(Path, Handle), "ExportCoSponsors");

    public static RouteHandlerBuilder MapFile(IEndpointRouteBuilder routes) =>
        Describe(routes.MapGet($"{Path}.{{format}}", Handle), "ExportCoSponsorsFile");

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder route, string name) =>
        route
            .Needs(Role.Anonymous)
            .Exports<CoSponsorExportRow>()
            .Described(
                name,
                "Exports",
                "Exports the co-sponsors",
                "A row each member and each observer, in the order of their codes, those of whom nothing is recorded too. Without a key only who has signed, and of now."
            );

    private static async Task Handle(string id, HttpContext http, Db db, Facts facts)
    {
        var request = ExportRequest.Of(http);
        var rows = await db.Read(async connection =>
        {
            var resolution = await request.See(
                connection,
                id,
                (caller, r) => caller.IsViewer || request.AsOf is null && caller.SeesCoSponsors(r.Visibility)
            );
            return await CoSponsorExportRow.All(connection, facts, request, resolution);
        });
        await Export.Send(http, request.Format, Table<CoSponsorExportRow>.Whole, $"{id}-co-sponsors", rows);
    }
}
