using Microsoft.Net.Http.Headers;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Text;

namespace VoteTracker.Endpoints.Bodies;

/// <summary>
/// The content coding of a request body (RFC 9110, 8.4): `gzip`, its alias `x-gzip`, or `identity`. Any other is a 415
/// that lists these (RFC 9110, 15.5.16).
/// </summary>
/// <remarks>
/// The framework's request decompression returns a 415 without a body for an unknown coding. It decompresses without a
/// limit if the server's own limit is off, as it is here.
/// </remarks>
internal static class ContentCoding
{
    private const string Supported = "gzip, identity";

    /// <summary>
    /// Replaces the body of a request with its decoded content, of which at most this many bytes can be read. A body
    /// without a coding stays as it is. A <see cref="ProblemException"/> with 415 if the coding is not supported.
    /// </summary>
    public static void Decode(HttpContext http, long limit)
    {
        if (http.Request.Headers.ContentEncoding.Count == 0)
        {
            return;
        }
        if (IsCompressed(http))
        {
            http.Request.Body = new BodyStream(http, new BodyStream(http), limit);
            http.Request.Headers.ContentLength = null;
        }
        // The decoded body has no coding, so the next reader does not decode it again.
        http.Request.Headers.Remove(HeaderNames.ContentEncoding);
    }

    /// <summary>Whether the body is compressed; a <see cref="ProblemException"/> with 415 if it is coded in another way.</summary>
    public static bool IsCompressed(HttpContext http)
    {
        var isCompressed = false;
        foreach (var coding in http.Request.Headers.GetCommaSeparatedValues(HeaderNames.ContentEncoding))
        {
            switch (coding.Trim().ToLowerInvariant())
            {
                case "" or "identity":
                    break;
                case "gzip" or "x-gzip" when !isCompressed:
                    isCompressed = true;
                    break;
                default:
                    http.Response.Headers.AcceptEncoding = Supported;
                    throw new ProblemException(
                        ProblemTypes.UnsupportedContentEncoding.Create(
                            SafeText.Quote(http.Request.Headers.ContentEncoding.ToString())
                        )
                    );
            }
        }
        return isCompressed;
    }
}
