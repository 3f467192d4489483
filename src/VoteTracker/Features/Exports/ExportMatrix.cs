using VoteTracker.Database;
using VoteTracker.Http;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting;

namespace VoteTracker.Features.Exports;

/// <summary>Exports how the states voted, a row a state and a column a resolution.</summary>
internal static class ExportMatrix
{
    private const string Path = "/v1/export/matrix";

    public static RouteHandlerBuilder Map(IEndpointRouteBuilder routes) =>
        Describe(routes.MapGet(Path, Handle), "ExportMatrix");

    public static RouteHandlerBuilder MapFile(IEndpointRouteBuilder routes) =>
        Describe(routes.MapGet($"{Path}.{{format}}", Handle), "ExportMatrixFile");

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder route, string name) =>
        route
            .Needs(Role.Anonymous)
            .Exports<MatrixExportRow>()
            .Filters()
            .Described(
                name,
                "Exports",
                "Exports the votes as a matrix",
                "A row each member of today and each state that is named in a roll call, a column each resolution that has one, the oldest vote first; named after its id. Empty where the roll call does not name the state."
            );

    private static async Task Handle(HttpContext http, Db db, Facts facts)
    {
        var request = ExportRequest.Of(http);
        var filter = await RecordFilter.Of(request, db);
        await request.CheckRecord(db, filter);
        var rollCalls = await db.Read(connection => RecordedRollCall.All(connection, filter, request.KnownUntil));
        var table = MatrixExportRow.TableOf(rollCalls);
        if (request.Format == ExportFormat.Xlsx && table.Cells.Count > Workbook.MostColumns)
        {
            throw new Refusal(
                Problems.Invalid("format", "must not be xlsx: a sheet has 16,384 columns; ask for a part, or for csv")
            );
        }
        await Export.Send(
            http,
            request.Format,
            table,
            "matrix",
            MatrixExportRow.Pages(db, facts, rollCalls, NewYork.DayOf(request.Moment))
        );
    }
}
