using Microsoft.AspNetCore.Http.Features;

namespace VoteTracker.Endpoints.Pipeline;

/// <summary>
/// Keeps the secrets of share links out of everything that uses the path of a request: logs, problems and metrics. The
/// secret is replaced in the path before any other middleware runs, and only <see cref="ReadSecret"/> returns it.
/// </summary>
/// <remarks>
/// Every response below <see cref="Root"/> forbids search engines to list it, caches to store it, and browsers to send its
/// address to other sites.
/// </remarks>
internal sealed class SharedPaths(RequestDelegate next)
{
    /// <summary>The folder of the addresses.</summary>
    public const string Root = "/shared";

    // No secret has this character.
    private const string Hidden = "-";

    public Task InvokeAsync(HttpContext http)
    {
        if (!http.Request.Path.StartsWithSegments(Root, StringComparison.OrdinalIgnoreCase, out var rest))
        {
            return next(http);
        }
        Hide(http, rest.Value ?? "");
        http.Response.OnStarting(static state => SetHeaders((HttpContext)state), http);
        return next(http);
    }

    /// <summary>The secret in the address of a request; empty if there is none.</summary>
    public static string ReadSecret(HttpContext http) => http.Features.Get<Secret>()?.Text ?? "";

    private static void Hide(HttpContext http, string rest)
    {
        var segments = rest.Split('/', 3);
        if (segments.Length < 2 || segments[1].Length == 0)
        {
            return;
        }
        http.Features.Set(new Secret(segments[1]));
        segments[1] = Hidden;
        http.Request.Path = Root + string.Join('/', segments);
        http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = http.Request.Path;
    }

    // At the end, because an endpoint or a problem sets headers of its own.
    private static Task SetHeaders(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = "private, no-store, no-transform";
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex, nofollow";
        return Task.CompletedTask;
    }

    private sealed record Secret(string Text);
}
