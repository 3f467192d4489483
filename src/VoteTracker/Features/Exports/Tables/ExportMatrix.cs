using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Limits;
using VoteTracker.Features.Exports.Formats;
using VoteTracker.Features.Record;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Exports.Tables;

/// <summary>Exports how the states voted, a row a state and a column a resolution.</summary>
internal sealed class ExportMatrix(Db db, ReferenceData facts) : EndpointWithoutRequest
{
    private const string Path = "/v1/export/matrix";

    public override void Configure()
    {
        Get(Path, $"{Path}.{{format}}");
        Description(route =>
            route
                .Requires(Right.ReadPublic)
                .Exports<MatrixExportRow>()
                .TakesPartOfRecord()
                .IsExpensive()
                .Described(
                    "Exports",
                    "Exports the votes as a matrix",
                    "A row each member of today and each state that is named in a roll call, a column each resolution that has one, the oldest vote first; named after its id. `?source=all` adds a column for each roll call that the campaign entered; its name ends in `_campaign`. Empty where the roll call does not name the state."
                )
        );
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        var request = ExportRequest.Parse(HttpContext);
        var filter = await request.Filter(db);
        var rollCalls = await db.Read(connection => RecordedRollCall.All(connection, filter, request.KnownUntil));
        var table = MatrixExportRow.TableOf(rollCalls);
        if (request.Format == ExportFormat.Xlsx && table.Cells.Count > Workbook.MostColumns)
        {
            throw new ProblemException(
                Problems.Invalid("format", "must not be xlsx: a sheet has 16,384 columns; ask for a part, or for csv")
            );
        }
        await Export.Send(
            HttpContext,
            request.Format,
            table,
            "matrix",
            MatrixExportRow.Pages(db, facts, rollCalls, NewYork.DayOf(request.Moment))
        );
    }
}
