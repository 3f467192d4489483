using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.Exports.Formats;
using VoteTracker.Features.Resolutions;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.Exports.Tables;

/// <summary>Exports where all member states stand on a resolution.</summary>
internal sealed class ExportStances(Db db, ReferenceData facts) : EndpointWithoutRequest
{
    private const string Path = "/v1/resolutions/{id}/export/stances";

    public override void Configure()
    {
        Get(Path, $"{Path}.{{format}}");
        Description(route =>
            route
                .Requires(Right.ReadPublic)
                .Exports<StanceExportRow>()
                .Described(
                    "Exports",
                    "Exports the stances",
                    "A row each member of the day of the vote, in the order of their codes: those unknown and those that may not vote too. After the vote what the record shows stands beside the stance, in columns of its own. Without a key, where the visibility is `positions`, the position of now and no more of the stance."
                )
        );
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var request = ExportRequest.Parse(HttpContext);
        var rows = await db.Read(async connection =>
        {
            var resolution = await request.See(
                connection,
                id,
                (caller, r) =>
                    caller.May(Right.SeeStances) || request.AsOf is null && caller.SeesPositions(r.Visibility)
            );
            return await StanceExportRow.All(connection, facts, request, resolution);
        });
        await Export.Send(HttpContext, request.Format, Table<StanceExportRow>.Whole, $"{id}-stances", rows);
    }
}
