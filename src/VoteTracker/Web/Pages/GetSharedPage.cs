using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Limits;
using VoteTracker.Endpoints.Metadata;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Features.Sharing;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Web.Pages;

/// <summary>The page of a share link: the page of the resolution, as far as the scope of the link shows it.</summary>
internal sealed class GetSharedPage(
    Assets assets,
    PageCache cache,
    ResolutionLoader loader,
    TallyCache live,
    ReadingBudget budget,
    Settings settings,
    SharedAccess access
) : ResolutionPageEndpoint(assets, cache, loader, live, budget, settings)
{
    public override void Configure()
    {
        Get($"{SharedPaths.Root}/{{secret}}");
        Description(route => route.IsPage().WithMetadata(new FromMemory()).Requires(Right.ReadPublic));
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        // The reader's own session changes nothing: everyone with the link sees the same.
        var page = CreateContext().WithoutReader();
        var (view, problem) = await access.Find(HttpContext, Number("atLeast", 0));
        if (view is not null)
        {
            var path = $"{HttpContext.Request.PathBase}{SharedPaths.Root}/{SharedPaths.ReadSecret(HttpContext)}";
            page = page with { Path = path };
            await Respond(page, view.Snapshot, shared: new SharedAddress(path, view.Link.ExpiresAt));
        }
        else if (problem is { StatusCode: StatusCodes.Status404NotFound })
        {
            await SendNotFound(page);
        }
        else
        {
            await problem!.ExecuteAsync(HttpContext);
        }
    }
}
