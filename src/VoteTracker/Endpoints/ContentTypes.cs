using Microsoft.Net.Http.Headers;

namespace VoteTracker.Endpoints;

/// <summary>The media type of a request's body, compared as a whole and without case.</summary>
internal static class ContentTypes
{
    /// <summary>Whether the body is declared as this media type, whatever its parameters.</summary>
    public static bool Is(HttpRequest request, string mediaType) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase);
}
