using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.Filters;
using VoteTracker.Features.Tallies;
using VoteTracker.Security;

namespace VoteTracker.Web.Pictures.Serving;

/// <summary>Draws a bar for each group.</summary>
internal sealed class GetRegions(PictureServices services) : SnapshotPicture(services)
{
    public override void Configure() =>
        Serve(
            "regions",
            Right.ReadPublic,
            "Draws the groups of members",
            "A bar for each regional group, or for each bloc, with the numbers inside. It has the counts of the breakdown.",
            TallyParameters.By
        );

    protected override Func<PictureSubject, RequestedPicture?> Prepare(PictureRequest request, Query query)
    {
        var grouping = query.ReadGrouping(TallyParameters.By, Services.ReferenceData);
        return subject => subject.Regions(grouping!);
    }
}
