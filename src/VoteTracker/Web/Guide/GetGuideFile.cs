using System.Text.Encodings.Web;
using FastEndpoints;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Metadata;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Security;

namespace VoteTracker.Web.Guide;

/// <summary>The files of the guide that name the service. A download names the service that it comes from.</summary>
internal sealed class GetGuideFile(IHostEnvironment environment, Settings settings) : EndpointWithoutRequest
{
    /// <summary>A page for the count, as a sample.</summary>
    public const string Dashboard = "/assets/guide/live-dashboard.html";

    /// <summary>The most important requests.</summary>
    public const string Walkthrough = "/assets/guide/walkthrough.http";

    public override void Configure()
    {
        Get(Dashboard, Walkthrough);
        Description(route => route.IsPage().WithMetadata(new FromMemory()).Requires(Right.ReadPublic));
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        var isPage = HttpContext.Request.Path.Value!.EndsWith(".html", StringComparison.OrdinalIgnoreCase);
        var path = isPage ? Dashboard : Walkthrough;
        var origin = PublicAddress.Of(HttpContext.Request, settings);
        var text = await File.ReadAllTextAsync(Path.Combine(environment.ContentRootPath, "wwwroot", path[1..]), ct);
        var headers = HttpContext.Response.Headers;
        headers.CacheControl = PublicAddress.IsFixed(settings) ? "public, no-cache" : ETags.Unshared;
        headers.ContentDisposition = $"attachment; filename=\"{Path.GetFileName(path)}\"";
        headers.ContentType = isPage ? "text/html; charset=utf-8" : "text/plain; charset=utf-8";
        // The page has the address in a text of its script.
        var shown = isPage ? JavaScriptEncoder.Default.Encode(origin) : origin;
        await HttpContext.Response.WriteAsync(text.Replace(PublicAddress.Example, shown, StringComparison.Ordinal), ct);
    }
}
