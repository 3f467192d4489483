namespace VoteTracker.Http;

/// <summary>
/// Lets any page read (CORS): keys travel in a header that a page has to hold, never in a cookie, so no origin gains
/// anything by it. The headers stand on every answer to a GET, whoever asks: a shared cache keeps them too, where an
/// endpoint lets it keep anything.
/// </summary>
internal static class Cors
{
    public static IApplicationBuilder UseCorsForReading(this IApplicationBuilder app) =>
        app.Use(
            (http, next) =>
            {
                if (
                    HttpMethods.IsOptions(http.Request.Method)
                    && http.Request.Headers.ContainsKey("Access-Control-Request-Method")
                )
                {
                    var headers = http.Response.Headers;
                    headers.AccessControlAllowOrigin = "*";
                    headers.AccessControlAllowMethods = "GET, HEAD";
                    headers.AccessControlAllowHeaders = "Authorization, If-None-Match, Last-Event-ID";
                    headers.AccessControlMaxAge = "86400";
                    http.Response.StatusCode = StatusCodes.Status204NoContent;
                    return Task.CompletedTask;
                }
                Allow(http);
                return next(http);
            }
        );

    public static void Allow(HttpContext http)
    {
        if (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
        {
            http.Response.Headers.AccessControlAllowOrigin = "*";
            http.Response.Headers.AccessControlExposeHeaders = "ETag, Link, Location";
            // What says nothing else of itself, a list or an error, may differ by key: a shared cache must not keep it.
            http.Response.Headers.CacheControl = ETags.Unshared;
            http.Response.Headers.Vary = "Authorization";
        }
    }
}
