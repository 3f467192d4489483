using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Features.Tallies;
using VoteTracker.Localization;

namespace VoteTracker.Features.Sharing;

/// <summary>Returns the tally that a link shares, as CSV.</summary>
internal sealed class GetSharedTallyCsv(SharedAccess access) : SharedEndpoint(access)
{
    public override void Configure()
    {
        Get(PathOf("tally.csv"));
        Description(route =>
            Describe(
                    route,
                    "Counts a shared resolution, as CSV",
                    "A CSV table with one row, for spreadsheets that load an address, such as `IMPORTDATA`."
                )
                .ReadsConditionally()
                .Produces<string>(StatusCodes.Status200OK, Csv.MediaType)
        );
    }

    protected override Task Respond(SharedView view) =>
        SendShared(TallyRepresentation.Of(view.Snapshot, csv: true, Language.English));
}
