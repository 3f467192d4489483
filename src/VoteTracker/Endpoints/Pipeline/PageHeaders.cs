namespace VoteTracker.Endpoints.Pipeline;

/// <summary>The security headers of pages, their files and the contract. Endpoints return data and do not have them.</summary>
internal static class PageHeaders
{
    /// <summary>
    /// No page of another origin may frame these pages, because a key is pasted into one of them. Browsers must not guess
    /// a content type, nor send the address of a page to other sites.
    /// </summary>
    public static IApplicationBuilder UsePageHeaders(this IApplicationBuilder pages) =>
        pages.Use(
            (http, next) =>
            {
                var headers = http.Response.Headers;
                headers.ContentSecurityPolicy = "frame-ancestors 'none'";
                headers.XContentTypeOptions = "nosniff";
                headers["Referrer-Policy"] = "no-referrer";
                return next(http);
            }
        );
}
