using System.Text.RegularExpressions;

namespace VoteTracker.Endpoints.Binding;

/// <summary>The key of a resolution: 1 to 64 of a-z, 0-9 and inner hyphens.</summary>
internal static partial class ResolutionId
{
    /// <summary>The longest there is.</summary>
    public const int MostLetters = 64;

    /// <summary>
    /// The id of a symbol: without a leading A/RES/, else without A/, in lower case, every run of other characters one
    /// hyphen: A/RES/ES-10/27 is `es-10-27`, A/ES-10/L.34 is `es-10-l-34`. Null where the symbol makes none.
    /// </summary>
    public static string? OfSymbol(string symbol)
    {
        var start =
            symbol.StartsWith("A/RES/", StringComparison.OrdinalIgnoreCase) ? 6
            : symbol.StartsWith("A/", StringComparison.OrdinalIgnoreCase) ? 2
            : 0;
        var id = Others().Replace(symbol[start..].ToLowerInvariant(), "-").Trim('-');
        return id.Length is 0 or > MostLetters ? null : id;
    }

    /// <summary>
    /// The id that a text in an address was probably meant to be: of a symbol, or of an id in capitals. Null if the text is
    /// an id, or nothing like one. It follows from the text alone, so it does not tell which resolutions exist.
    /// </summary>
    public static string? OfText(string text)
    {
        // A slash in an address is encoded, and stays so in the value of a route.
        var symbol = text.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase).Trim();
        return !Shape().IsMatch(text) && SymbolLike().IsMatch(symbol) ? OfSymbol(symbol) : null;
    }

    [GeneratedRegex("^[A-Za-z0-9/. ()-]+\\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex SymbolLike();

    /// <summary>What an id looks like, whoever made it.</summary>
    [GeneratedRegex(
        @"^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    public static partial Regex Shape();

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Others();
}
