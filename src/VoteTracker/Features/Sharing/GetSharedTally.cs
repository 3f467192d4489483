using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Features.Tallies;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Sharing;

/// <summary>Returns the tally that a link shares, as JSON, or as CSV if the Accept header prefers that.</summary>
internal sealed class GetSharedTally(SharedAccess access) : SharedEndpoint(access)
{
    public override void Configure()
    {
        Get(PathOf("tally"));
        Description(route =>
            Describe(
                    route,
                    "Counts a shared resolution",
                    "The same tally as `GET …/tally`, without a key. It is served from memory: poll it with If-None-Match, or listen to the stream of the link. With `Accept: text/csv` it is a CSV table with one row.",
                    Lang.Parameter
                )
                .ReadsConditionally()
                .Produces<Tally>(StatusCodes.Status200OK, "application/json", Csv.MediaType)
        );
    }

    protected override Task Respond(SharedView view)
    {
        var query = new Query(HttpContext);
        var language = query.ReadLanguage();
        var csv = TallyRepresentation.PrefersCsv(HttpContext.Request);
        return SendShared(query, () => TallyRepresentation.Of(view.Snapshot, csv, language));
    }
}
