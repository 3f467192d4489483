using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.Exports.Formats;
using VoteTracker.Features.Resolutions;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.Exports.Tables;

/// <summary>Exports who is behind a text.</summary>
internal sealed class ExportCoSponsors(Db db, ReferenceData facts) : EndpointWithoutRequest
{
    private const string Path = "/v1/resolutions/{id}/export/co-sponsors";

    public override void Configure()
    {
        Get(Path, $"{Path}.{{format}}");
        Description(route =>
            route
                .Requires(Right.ReadPublic)
                .Exports<CoSponsorExportRow>()
                .Described(
                    "Exports",
                    "Exports the co-sponsors",
                    "A row each member and each observer, in the order of their codes, those of whom nothing is recorded too. Without a key only who has signed, and of now."
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
                    caller.May(Right.SeeCoSponsors) || request.AsOf is null && caller.SeesCoSponsors(r.Visibility)
            );
            return await CoSponsorExportRow.All(connection, facts, request, resolution);
        });
        await Export.Send(HttpContext, request.Format, Table<CoSponsorExportRow>.Whole, $"{id}-co-sponsors", rows);
    }
}
