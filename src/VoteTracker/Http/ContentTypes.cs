using Microsoft.Net.Http.Headers;

namespace VoteTracker.Http;

/// <summary>The media type of a request's body, compared as a whole and without case.</summary>
internal static class ContentTypes
{
    /// <summary>Whether the body is declared as this media type, whatever its parameters.</summary>
    public static bool Is(HttpRequest request, string mediaType) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase);

    /// <summary>A <see cref="Refusal"/> with 415 if the body declares a charset other than UTF-8.</summary>
    public static void RequireUtf8(HttpRequest request)
    {
        // ASCII is a part of UTF-8.
        if (
            MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && HeaderUtilities.RemoveQuotes(type.Charset) is { Length: > 0 } charset
            && !charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            && !charset.Equals("utf8", StringComparison.OrdinalIgnoreCase)
            && !charset.Equals("us-ascii", StringComparison.OrdinalIgnoreCase)
        )
        {
            throw new Refusal(
                Problems.Of(
                    StatusCodes.Status415UnsupportedMediaType,
                    "unsupported-media-type",
                    "The charset is not supported",
                    $"Save the file as UTF-8 and send it with charset=utf-8; found {SafeText.Quote(charset.ToString())}."
                )
            );
        }
    }
}
