using VoteTracker.Endpoints.Limits;
using VoteTracker.Live;

namespace VoteTracker.Web.Pages;

/// <summary>The same for a big screen: only the result and the picture.</summary>
internal sealed class GetScreenPage(
    Assets assets,
    PageCache cache,
    ResolutionLoader loader,
    TallyCache live,
    ReadingBudget budget,
    Settings settings
) : ResolutionPageEndpoint(assets, cache, loader, live, budget, settings)
{
    public override void Configure() => Serve("/resolutions/{id}/screen", isScreen: true);

    public override Task HandleAsync(CancellationToken ct) => Respond(isScreen: true);
}
