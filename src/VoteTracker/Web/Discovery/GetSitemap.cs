using System.Globalization;
using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Features.Resolutions;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Web.Guide;
using VoteTracker.Web.Reference;

namespace VoteTracker.Web.Discovery;

/// <summary>The site map: the public resolutions, the states, the guide, the reference, and the pages without parameters.</summary>
internal sealed class GetSitemap(
    Db db,
    ReferenceData referenceData,
    Chapters chapters,
    ApiReference reference,
    Settings settings
) : EndpointWithoutRequest
{
    public override void Configure()
    {
        Get("/sitemap.xml");
        Description(route => route.IsForOtherSites().Requires(Right.ReadPublic));
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        int? part = null;
        if (HttpContext.Request.Query["part"] is [{ } text, ..])
        {
            part = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        }
        var origin = PublicAddress.Of(HttpContext.Request, settings);
        var resolutions = await db.Read(PublicResolution.List);
        if (Sitemap.Write(origin, List(resolutions, await reference.Load()), part) is not { } xml)
        {
            await Problems.OfStatus(StatusCodes.Status404NotFound).ExecuteAsync(HttpContext);
            return;
        }
        HttpContext.Response.Headers.CacheControl = PublicAddress.CacheFor(3600, settings);
        HttpContext.Response.ContentType = "application/xml; charset=utf-8";
        HttpContext.Response.ContentLength = xml.Length;
        await HttpContext.Response.BodyWriter.WriteAsync(xml, ct);
    }

    private List<SitemapPage> List(IReadOnlyList<PublicResolution> resolutions, ReferenceModel model) =>
        [
            new("/", resolutions.Count == 0 ? null : resolutions.Max(r => r.ChangedAt)),
            new("/states", null),
            new("/agreement", null),
            new("/guide", null),
            new("/docs", null) { IsEnglish = true },
            .. chapters.All.Select(chapter => new SitemapPage($"/guide/{chapter.Name}", null) { IsEnglish = true }),
            .. model.Sections.Select(section => new SitemapPage($"/docs/{section.Slug}", null) { IsEnglish = true }),
            .. resolutions.Select(r => new SitemapPage($"/resolutions/{r.Id}", r.ChangedAt)),
            .. referenceData.Roster.Seats.Select(seat => new SitemapPage($"/states/{seat.Iso3}", null)),
        ];
}
