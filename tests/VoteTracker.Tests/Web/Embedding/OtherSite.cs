using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace VoteTracker.Tests.Web.Embedding;

/// <summary>
/// A site of others, on another loopback address than the service. For a browser it is another origin and another site, so
/// cookies of the service are cookies of a third party there.
/// </summary>
internal sealed class OtherSite : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OtherSite(WebApplication app) => (_app, Address) = (app, new Uri($"{app.Urls.Single()}/"));

    /// <summary>The address.</summary>
    public Uri Address { get; }

    /// <summary>Starts a site whose start page has this content, and optionally a Content-Security-Policy.</summary>
    public static async Task<OtherSite> Start(string html, string? policy = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.2:0");
        app.MapGet(
            "/",
            (HttpContext http) =>
            {
                if (policy is not null)
                {
                    http.Response.Headers.ContentSecurityPolicy = policy;
                }
                return Results.Content(html, "text/html; charset=utf-8");
            }
        );
        app.MapGet("/favicon.ico", () => Results.NoContent());
        await app.StartAsync();
        return new OtherSite(app);
    }

    /// <summary>A page around some HTML.</summary>
    public static string Page(string body, string head = "") =>
        $"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>A site</title>{head}</head><body><main><h1>A site of others</h1>{body}</main></body></html>";

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
