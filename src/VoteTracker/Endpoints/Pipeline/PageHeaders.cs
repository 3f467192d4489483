using Microsoft.Net.Http.Headers;

namespace VoteTracker.Endpoints.Pipeline;

/// <summary>The security headers of pages. Other responses have <see cref="SecurityHeaders"/>.</summary>
internal static class PageHeaders
{
    /// <summary>
    /// The headers of a page that is an endpoint. It uses only its own scripts, styles and forms. The referrer policy is
    /// `same-origin`: with `no-referrer`, browsers send `Origin: null` with a form of the page.
    /// </summary>
    public static void Set(IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy =
            "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";
        headers["Referrer-Policy"] = "same-origin";
        // No other origin reads a page with a script.
        headers.Remove(HeaderNames.AccessControlAllowOrigin);
        headers.Remove(HeaderNames.AccessControlExposeHeaders);
    }

    /// <summary>
    /// The headers of a page that other sites show in a frame: nothing can be done on it, and it never has a session.
    /// </summary>
    public static void SetFramable(IHeaderDictionary headers)
    {
        Set(headers);
        headers.ContentSecurityPolicy =
            "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *; object-src 'none'";
    }
}
