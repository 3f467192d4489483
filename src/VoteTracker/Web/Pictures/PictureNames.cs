using VoteTracker.Features.Resolutions;
using VoteTracker.Localization;

namespace VoteTracker.Web.Pictures;

/// <summary>The name of a resolution in a picture.</summary>
internal static class PictureNames
{
    /// <summary>Symbol and title, cleaned, shortened and isolated.</summary>
    public static string NameIn(this Resolution resolution, Language language) =>
        Name(language, resolution.Symbol, resolution.Title);

    /// <summary>Symbol and title, cleaned, shortened and isolated.</summary>
    public static string Name(Language language, string? symbol, string title) =>
        symbol is null
            ? PictureText.Isolate(title, 200)
            : language.Text(
                "picture.named",
                ("symbol", PictureText.Isolate(symbol, 60)),
                ("title", PictureText.Isolate(title, 200))
            );
}
