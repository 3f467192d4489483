using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Features.Filters;
using VoteTracker.Features.Tallies;
using VoteTracker.Live;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Sharing;

/// <summary>Breaks the tally that a link shares down by group.</summary>
internal sealed class GetSharedBreakdown(SharedAccess access, ReferenceData referenceData) : SharedEndpoint(access)
{
    public override void Configure()
    {
        Get(PathOf("breakdown"));
        Description(route =>
            Describe(
                    route,
                    "Breaks a shared tally down by group",
                    "The same breakdown as `GET …/breakdown`, without a key. With `Accept: text/csv` it is CSV. Before the vote, a link with the scope `tally` shows regional groups only: blocs overlap, so their counts can name a member.",
                    TallyParameters.By,
                    Lang.Parameter
                )
                .ReadsConditionally()
                .Fails(StatusCodes.Status403Forbidden, "The link shares counts alone.")
                .Produces<Breakdown>(StatusCodes.Status200OK, "application/json", Csv.MediaType)
        );
    }

    protected override Task Respond(SharedView view)
    {
        var query = new Query(HttpContext);
        var grouping = query.ReadGrouping(TallyParameters.By, referenceData);
        var form = new BreakdownForm(TallyRepresentation.PrefersCsv(HttpContext.Request), query.ReadLanguage());
        return SendShared(
            query,
            () =>
                SharedAccess.ShowsGroups(view, grouping!)
                    ? BreakdownRepresentation.Of(view.Snapshot, grouping!, form)
                    : null
        );
    }
}
