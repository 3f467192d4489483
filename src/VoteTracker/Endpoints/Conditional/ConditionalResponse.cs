using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace VoteTracker.Endpoints.Conditional;

/// <summary>Responds with a representation from memory, or with 304. HEAD has the same headers.</summary>
internal static class ConditionalResponse
{
    private const string Public = "public, max-age=1, stale-while-revalidate=1, no-transform";

    /// <summary>Sends the representation, or 304 if the client has it.</summary>
    /// <param name="http">The request.</param>
    /// <param name="representation">The representation.</param>
    /// <param name="isPublic">Whether everybody may see it, so that shared caches may store it for a second.</param>
    /// <param name="age">The possible age of the state, if the database does not report changes; otherwise null.</param>
    public static async Task Send(HttpContext http, Representation representation, bool isPublic, TimeSpan? age)
    {
        var (response, body, format) = (http.Response, representation.Body, representation.Format);
        var headers = response.Headers;
        headers.ETag = representation.ETag;
        headers.CacheControl = isPublic ? Public : ETags.NotStored;
        headers.Vary = format.Vary.Length > 0 ? format.Vary : StringValues.Empty;
        if (age is { } seconds)
        {
            headers.Age = ((long)seconds.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }
        // A condition has no effect on an error, such as a page with 404 (RFC 9110, 13.2.1).
        if (response.StatusCode == StatusCodes.Status200OK && ETags.IsKnown(http.Request, representation.ETag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        headers.ContentType = format.ContentType;
        headers.ContentLength = body.Length;
        await response.BodyWriter.WriteAsync(body, http.RequestAborted);
    }
}
