using FastEndpoints;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Metadata;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Security;

namespace VoteTracker.Web.Discovery;

/// <summary>The rules for crawlers (RFC 9309).</summary>
internal sealed class GetRobots(Settings settings) : EndpointWithoutRequest
{
    public override void Configure()
    {
        Get("/robots.txt");
        Description(route => route.IsForOtherSites().WithMetadata(new FromMemory()).Requires(Right.ReadPublic));
    }

    public override Task HandleAsync(CancellationToken ct)
    {
        HttpContext.Response.Headers.CacheControl = PublicAddress.CacheFor(3600, settings);
        HttpContext.Response.ContentType = "text/plain; charset=utf-8";
        // The data are for programs, not for search engines. Pictures are in the previews of links.
        return HttpContext.Response.WriteAsync(
            $"""
            User-agent: *
            Allow: /v1/resolutions/*.png
            Allow: /v1/resolutions/*.svg
            Disallow: /v1/
            Disallow: /desk/
            Disallow: /sign-in

            Sitemap: {PublicAddress.Of(HttpContext.Request, settings)}/sitemap.xml

            """.ReplaceLineEndings("\n"),
            ct
        );
    }
}
