using VoteTracker.Endpoints.Limits;
using VoteTracker.Live;

namespace VoteTracker.Web.Pages;

/// <summary>The page of a resolution: the result, what is missing, and the position of each member.</summary>
internal sealed class GetResolutionPage(
    Assets assets,
    PageCache cache,
    ResolutionLoader loader,
    TallyCache live,
    ReadingBudget budget,
    Settings settings
) : ResolutionPageEndpoint(assets, cache, loader, live, budget, settings)
{
    public override void Configure() => Serve("/resolutions/{id}", isScreen: false);

    public override Task HandleAsync(CancellationToken ct) => Respond(isScreen: false);
}
