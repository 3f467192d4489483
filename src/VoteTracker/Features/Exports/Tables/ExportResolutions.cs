using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Limits;
using VoteTracker.Features.Exports.Formats;
using VoteTracker.Features.Record;
using VoteTracker.Security;

namespace VoteTracker.Features.Exports.Tables;

/// <summary>Exports the texts that were voted on.</summary>
internal sealed class ExportResolutions(Db db) : EndpointWithoutRequest
{
    private const string Path = "/v1/export/resolutions";

    public override void Configure()
    {
        Get(Path, $"{Path}.{{format}}");
        Description(route =>
            route
                .Requires(Right.ReadPublic)
                .Exports<ResolutionExportRow>()
                .TakesPartOfRecord()
                .IsExpensive()
                .Described(
                    "Exports",
                    "Exports the resolutions of the record",
                    "A row each text of which a vote is recorded, the oldest first, with the totals counted from its names and those that were announced. `?source=all` adds a row for each roll call that the campaign entered, marked in `source`."
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
            Table<ResolutionExportRow>.Whole,
            "resolutions",
            ResolutionExportRow.Pages(db, filter, request.KnownUntil)
        );
    }
}
