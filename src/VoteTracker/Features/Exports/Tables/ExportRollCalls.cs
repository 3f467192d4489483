using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Limits;
using VoteTracker.Features.Exports.Formats;
using VoteTracker.Features.Record;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.Exports.Tables;

/// <summary>Exports every name in every roll call of the record.</summary>
internal sealed class ExportRollCalls(Db db, ReferenceData facts) : EndpointWithoutRequest
{
    private const string Path = "/v1/export/roll-calls";

    public override void Configure()
    {
        Get(Path, $"{Path}.{{format}}");
        Description(route =>
            route
                .Requires(Right.ReadPublic)
                .Exports<VoteExportRow>()
                .TakesPartOfRecord()
                .IsExpensive()
                .Described(
                    "Exports",
                    "Exports the roll calls of the record",
                    "A row each name in each roll call, the oldest vote first: the whole record, or a part of it; `?source=all` adds the roll calls that the campaign entered, marked in `source`. The vote in our word, in the UN Digital Library's letter and in Voeten's number. A spreadsheet holds 1,048,575 rows at most."
                )
        );
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        var request = ExportRequest.Parse(HttpContext);
        var filter = await request.Filter(db);
        await Export.Send(
            HttpContext,
            request.Format,
            Table<VoteExportRow>.Whole,
            "roll-calls",
            VoteExportRow.Pages(db, facts, filter, request.KnownUntil)
        );
    }
}
