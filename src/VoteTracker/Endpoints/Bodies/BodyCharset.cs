using Microsoft.Net.Http.Headers;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Text;

namespace VoteTracker.Endpoints.Bodies;

/// <summary>The character encoding of text in a request body: UTF-8, with or without a byte order mark.</summary>
internal static class BodyCharset
{
    /// <summary>A <see cref="ProblemException"/> with 415 if the body declares another encoding than UTF-8.</summary>
    public static void CheckDeclared(HttpRequest request)
    {
        if (
            request.ContentType is { } type
            && type.Contains("charset", StringComparison.OrdinalIgnoreCase)
            && MediaTypeHeaderValue.TryParse(type, out var parsed)
            && parsed.Charset.HasValue
            && HeaderUtilities.RemoveQuotes(parsed.Charset).ToString() is var charset
            && charset.ToLowerInvariant() is not ("utf-8" or "utf8" or "us-ascii")
        )
        {
            throw new ProblemException(ProblemTypes.UnsupportedCharset.Create(SafeText.Quote(charset)));
        }
    }

    /// <summary>
    /// The text without a byte order mark of UTF-8. A <see cref="ProblemException"/> with 400 if it looks like UTF-16 or UTF-32.
    /// </summary>
    /// <remarks>Neither JSON nor CSV begins with a NUL, nor has one after its first character.</remarks>
    public static Range TextOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("\uFEFF"u8))
        {
            return 3..;
        }
        return bytes.Length >= 2 && (bytes[0] is 0 or 0xFE or 0xFF || bytes[1] is 0)
            ? throw new ProblemException(
                Problems.Invalid(
                    "body",
                    "must be UTF-8 (in a spreadsheet program: CSV, UTF-8); it looks like UTF-16 or UTF-32"
                )
            )
            : Range.All;
    }
}
