using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.Exports.Tables;

/// <summary>Exports the recorded vote on a resolution.</summary>
internal sealed class ExportRollCall(Db db, ReferenceData facts) : EndpointWithoutRequest
{
    private const string Path = "/v1/resolutions/{id}/export/roll-call";

    public override void Configure()
    {
        Get(Path, $"{Path}.{{format}}");
        Description(route =>
            route
                .Requires(Right.ReadPublic)
                .Exports<VoteExportRow>()
                .Described(
                    "Exports",
                    "Exports the roll call",
                    "Every name in the roll call and every member on our list that it lacks, in the order of their codes. The vote in our word, in the UN Digital Library's letter and in Voeten's number. Public, whatever the resolution's visibility; 404 before the vote, only the header where the record has totals and no names."
                )
        );
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var request = ExportRequest.Parse(HttpContext);
        var rows = await db.Read(async connection =>
        {
            await request.See(connection, id, (_, _) => true);
            if (await RecordedRollCall.Find(connection, id, request.KnownUntil) is { } rollCall)
            {
                return await VoteExportRow.All(connection, facts, rollCall);
            }
            return await RecordedRollCall.IsRecorded(connection, id, request.KnownUntil)
                ? []
                : throw new ProblemException(Problems.NotFound($"No vote on '{id}' is recorded."));
        });
        await Export.Send(HttpContext, request.Format, VoteExportRow.OneRollCall, $"{id}-roll-call", rows);
    }
}
