using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Metadata;
using VoteTracker.Security;
using VoteTracker.Web.Pages;

namespace VoteTracker.Web.Guide;

/// <summary>The first page of the guide: the entrances and their chapters.</summary>
internal sealed class GetGuidePage(Assets assets, Chapters chapters) : PageEndpoint(assets)
{
    public override void Configure()
    {
        Get("/guide");
        Description(route => route.IsPage().WithMetadata(new FromMemory()).Requires(Right.ReadPublic));
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        var page = CreateContext();
        await SendPage(page, await Render<GuidePage>(page, chapters), isPublic: true);
    }
}
