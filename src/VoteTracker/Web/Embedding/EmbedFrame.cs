using System.Net;
using VoteTracker.Localization;

namespace VoteTracker.Web.Embedding;

/// <summary>The frame with which another site shows a count.</summary>
internal static class EmbedFrame
{
    /// <summary>The usual width.</summary>
    public const int DefaultWidth = 600;

    /// <summary>The height at which the count of a draft needs no scroll bar, in pixels, also with a long title.</summary>
    public static int HeightFor(int width) =>
        width switch
        {
            >= 560 => 460,
            >= 440 => 530,
            >= 340 => 670,
            _ => 740,
        };

    /// <summary>The frame as HTML. Without a language, the reader's browser chooses it.</summary>
    public static string Html(string origin, string id, Language? language, string title, int width, int height)
    {
        var source = $"{origin}/embed/{id}{(language is null ? "" : $"?lang={language.Code}")}";
        return $"<iframe src=\"{Encode(source)}\" title=\"{Encode(title)}\" width=\"{width}\" height=\"{height}\" loading=\"lazy\" frameborder=\"0\"></iframe>";
    }

    /// <summary>
    /// The element as HTML, with the link that readers without scripts get. A classic script knows its own address; a module
    /// only guesses it.
    /// </summary>
    public static string Element(string origin, string id, string title) =>
        $"<script async src=\"{Encode(origin)}/embed.js\"></script>\n<vote-tally resolution=\"{Encode(id)}\"><a href=\"{Encode(origin)}/resolutions/{Encode(id)}\">{Encode(title)}</a></vote-tally>";

    /// <summary>The resolution and the language in the address of a page of this service; null if it is another address.</summary>
    public static (string? Id, Language? Language) ParsePage(string address, string origin)
    {
        if (
            !Uri.TryCreate(address, UriKind.Absolute, out var page)
            || !Uri.TryCreate($"{origin}/", UriKind.Absolute, out var service)
            || (page.Scheme != Uri.UriSchemeHttps && page.Scheme != Uri.UriSchemeHttp)
            || !string.Equals(page.Authority, service.Authority, StringComparison.OrdinalIgnoreCase)
            || !page.AbsolutePath.StartsWith(service.AbsolutePath, StringComparison.Ordinal)
        )
        {
            return (null, null);
        }
        var path = page.AbsolutePath[service.AbsolutePath.Length..];
        // A page also has the address with a final slash.
        var id = (path.EndsWith('/') ? path[..^1] : path).Split('/') switch
        {
            ["resolutions", { Length: > 0 } name] => name,
            ["resolutions", { Length: > 0 } name, "screen"] => name,
            ["embed", { Length: > 0 } name] => name,
            _ => null,
        };
        var lang = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(page.Query).GetValueOrDefault("lang");
        return (id is null ? null : Uri.UnescapeDataString(id), Language.Find(lang.FirstOrDefault()));
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
