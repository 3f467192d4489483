using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.Exports.Formats;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.Exports.Tables;

/// <summary>Exports every change of the stances on a resolution.</summary>
internal sealed class ExportHistory(Db db, ReferenceData facts) : EndpointWithoutRequest
{
    private const string Path = "/v1/resolutions/{id}/export/history";

    public override void Configure()
    {
        Get(Path, $"{Path}.{{format}}");
        Description(route =>
            route
                .Requires(Right.SeeStances, hidesExistence: true)
                .Exports<HistoryExportRow>()
                .Described(
                    "Exports",
                    "Exports the history",
                    "Every change of every stance, the oldest first. `changed_by` is shown to coordinators and up."
                )
        );
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var request = ExportRequest.Parse(HttpContext);
        await db.Read(connection => request.See(connection, id, (_, _) => RequiresRight.Check(HttpContext) is null));
        await Export.Send(
            HttpContext,
            request.Format,
            Table<HistoryExportRow>.Whole,
            $"{id}-history",
            HistoryExportRow.Pages(db, facts, request, id)
        );
    }
}
