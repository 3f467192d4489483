using VoteTracker.Database;
using VoteTracker.Http;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.Exports;

/// <summary>Exports every name in every roll call of the record.</summary>
internal static class ExportRollCalls
{
    private const string Path = "/v1/export/roll-calls";

    public static RouteHandlerBuilder Map(IEndpointRouteBuilder routes) =>
        Describe(routes.MapGet(Path, Handle), "ExportRollCalls");

    public static RouteHandlerBuilder MapFile(IEndpointRouteBuilder routes) =>
        Describe(routes.MapGet($"{Path}.{{format}}", Handle), "ExportRollCallsFile");

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder route, string name) =>
        route
            .Needs(Role.Anonymous)
            .Exports<VoteExportRow>()
            .Filters()
            .Described(
                name,
                "Exports",
                "Exports the roll calls of the record",
                "A row each name in each roll call, the oldest vote first: the whole record, or a part of it. The vote in our word, in the UN Digital Library's letter and in Voeten's number. A spreadsheet holds 1,048,575 rows at most."
            );

    private static async Task Handle(HttpContext http, Db db, Facts facts)
    {
        var request = ExportRequest.Of(http);
        var filter = await RecordFilter.Of(request, db);
        await request.CheckRecord(db, filter);
        await Export.Send(
            http,
            request.Format,
            Table<VoteExportRow>.Whole,
            "roll-calls",
            VoteExportRow.Pages(db, facts, filter, request.KnownUntil)
        );
    }
}
