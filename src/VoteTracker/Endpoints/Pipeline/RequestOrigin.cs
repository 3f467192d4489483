using Microsoft.Extensions.Primitives;

namespace VoteTracker.Endpoints.Pipeline;

/// <summary>
/// Whether a page of this service started the request. Browsers state it in `Sec-Fetch-Site`, on plain HTTP only in
/// `Origin`. A page cannot set either header.
/// </summary>
internal static class RequestOrigin
{
    private const string FetchSite = "Sec-Fetch-Site";

    /// <summary>Whether it may use the cookie to read: no other origin started it, as far as the browser states.</summary>
    public static bool MayUseCookie(HttpRequest request) =>
        request.Headers[FetchSite] is { Count: > 0 } site
            ? IsOwn(site)
            : request.Headers.Origin.Count == 0 || IsOwnOrigin(request);

    /// <summary>Whether a form or a script of a page of this service sent it. A request that states nothing is rejected.</summary>
    public static bool IsOwnForm(HttpRequest request) =>
        request.Headers[FetchSite] is { Count: > 0 } site ? IsOwn(site) : IsOwnOrigin(request);

    // "none": the reader started it, for example with a bookmark.
    private static bool IsOwn(StringValues site) => site.Count == 1 && site[0] is "same-origin" or "none";

    private static bool IsOwnOrigin(HttpRequest request) =>
        request.Headers.Origin is [{ } origin]
        && string.Equals(origin, $"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase);
}
