using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using VoteTracker.Endpoints.Conditional;

namespace VoteTracker.Endpoints.Pipeline;

/// <summary>
/// Cross-origin requests (CORS). A page of any origin may read: keys travel in a header that a page must hold, so no
/// origin gains anything. A request that another origin started never uses the cookie of a session. A page may write if the settings name its origin.
/// </summary>
/// <remarks>
/// The headers of a read do not depend on the origin, so shared caches keep one response for all. Only preflights and
/// responses to writes vary by it.
/// </remarks>
internal sealed class Cors(RequestDelegate next, Settings settings)
{
    private const string ReadHeaders = "Authorization, Cache-Control, Content-Type, If-None-Match, Last-Event-ID";
    private const string WriteHeaders = $"{ReadHeaders}, Content-Encoding, Idempotency-Key, If-Match, Prefer";
    private const string Exposed =
        "ETag, Link, Location, Content-Disposition, Content-Location, Retry-After, Idempotency-Replayed";

    private readonly HashSet<string> _trusted = TrustedOrigins.Parse(settings.TrustedOrigins);

    public Task InvokeAsync(HttpContext http)
    {
        if (
            HttpMethods.IsOptions(http.Request.Method)
            && http.Request.Headers.ContainsKey(HeaderNames.AccessControlRequestMethod)
        )
        {
            Preflight(http);
            return Task.CompletedTask;
        }
        AllowReading(http);
        if (_trusted.Count > 0 && !IsRead(http.Request))
        {
            // At the end, because an endpoint or a problem sets headers of its own.
            http.Response.OnStarting(AllowWriting, http);
        }
        return next(http);
    }

    /// <summary>Sets the headers of a response to a read.</summary>
    public static void AllowReading(HttpContext http)
    {
        if (IsRead(http.Request))
        {
            http.Response.Headers.AccessControlAllowOrigin = "*";
            http.Response.Headers.AccessControlExposeHeaders = Exposed;
            // Without its own cache headers, a response can depend on the key, so a shared cache must not store it.
            http.Response.Headers.CacheControl = ETags.Unshared;
            http.Response.Headers.Vary = "Authorization, Cookie";
        }
    }

    private void Preflight(HttpContext http)
    {
        var headers = http.Response.Headers;
        var isTrusted = IsTrusted(http, out var origin);
        headers.AccessControlAllowOrigin = isTrusted ? origin : "*";
        headers.AccessControlAllowMethods = isTrusted ? "GET, HEAD, PUT, POST, PATCH, DELETE" : "GET, HEAD";
        headers.AccessControlAllowHeaders = isTrusted ? WriteHeaders : ReadHeaders;
        headers.AccessControlMaxAge = "86400";
        headers.Vary = "Origin";
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private Task AllowWriting(object state)
    {
        var http = (HttpContext)state;
        var headers = http.Response.Headers;
        headers.Vary = StringValues.Concat(headers.Vary, "Origin");
        if (IsTrusted(http, out var origin))
        {
            headers.AccessControlAllowOrigin = origin;
            headers.AccessControlExposeHeaders = Exposed;
        }
        return Task.CompletedTask;
    }

    // Origins are compared by ordinal, in the form that browsers send.
    private bool IsTrusted(HttpContext http, out string origin)
    {
        origin = http.Request.Headers.Origin.ToString();
        return _trusted.Contains(origin);
    }

    private static bool IsRead(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
}
