using Microsoft.Net.Http.Headers;
using VoteTracker.Localization;

namespace VoteTracker.Web;

/// <summary>Chooses the language of a page.</summary>
internal static class ReaderLanguage
{
    /// <summary>
    /// `?lang=` decides; an unknown value means English. Then `Accept-Language` (RFC 9110, 12.5.4) decides by quality, and
    /// then English.
    /// </summary>
    public static (Language Language, Language? OfAddress) Choose(HttpRequest request)
    {
        if (request.Query["lang"] is [{ } code, ..])
        {
            var named = Language.Find(code.ToLowerInvariant()) is { HasTexts: true } known ? known : Language.English;
            return (named, named);
        }
        var header = request.Headers.AcceptLanguage;
        if (header.Count > 0 && StringWithQualityHeaderValue.TryParseList([.. header!], out var accepted))
        {
            foreach (var range in accepted.Where(a => a.Quality != 0).OrderByDescending(a => a.Quality ?? 1))
            {
                var primary = range.Value.Value?.Split('-')[0].ToLowerInvariant();
                if (Language.Find(primary) is { HasTexts: true } found)
                {
                    return (found, null);
                }
            }
        }
        return (Language.English, null);
    }
}
