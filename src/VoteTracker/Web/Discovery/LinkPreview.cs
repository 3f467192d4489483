using VoteTracker.Localization;

namespace VoteTracker.Web.Discovery;

/// <summary>The picture in previews of links.</summary>
internal static class LinkPreview
{
    /// <summary>Its width in pixels.</summary>
    public const int Width = 1200;

    /// <summary>Its height in pixels.</summary>
    public const int Height = 630;

    private const int LeastWidth = 40;

    /// <summary>The address of the picture of a resolution.</summary>
    public static string Address(string origin, string id, Language? language, int width) =>
        $"{origin}/v1/resolutions/{id}/card.png?{(language is null ? "" : $"lang={language.Code}&")}width={width}";

    /// <summary>The size at which the picture fits; null if it would be too small.</summary>
    public static (int Width, int Height)? FitInto(int maxWidth, int maxHeight)
    {
        var width = (int)Math.Min(Width, Math.Min(maxWidth, (double)maxHeight * Width / Height));
        return width < LeastWidth ? null : (width, (int)MathF.Round(width * (float)Height / Width));
    }

    /// <summary>The locale of a language, as Open Graph names it.</summary>
    public static string Locale(Language language) =>
        language.LanguageCode switch
        {
            LanguageCode.Fr => "fr_FR",
            LanguageCode.Es => "es_ES",
            LanguageCode.Ru => "ru_RU",
            LanguageCode.Zh => "zh_CN",
            LanguageCode.Ar => "ar_AR",
            _ => "en_GB",
        };
}
