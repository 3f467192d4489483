using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Metadata;
using VoteTracker.Security;
using VoteTracker.Web.Pages;

namespace VoteTracker.Web.Reference;

/// <summary>The reference of the API: an overview, and a page for each heading of the contract.</summary>
internal sealed class GetReferencePage(Assets assets, ApiReference reference) : PageEndpoint(assets)
{
    public override void Configure()
    {
        Get("/docs", "/docs/{section}");
        Description(route => route.IsPage().WithMetadata(new FromMemory()).Requires(Right.ReadPublic));
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        var page = CreateContext();
        var slug = HttpContext.Request.RouteValues["section"] as string;
        // The address of earlier releases.
        if (slug == "index.html")
        {
            HttpContext.Response.Redirect(page.Link("/docs"), permanent: true);
            return;
        }
        var model = await reference.Load();
        if (slug is null)
        {
            await SendPage(page, await Render<ReferencePage>(page, model), isPublic: true);
            return;
        }
        if (model.Sections.FirstOrDefault(s => s.Slug == slug) is not { } section)
        {
            await SendNotFound(page);
            return;
        }
        await SendPage(page, await Render<SectionPage>(page, section), isPublic: true);
    }
}
