using System.Text.RegularExpressions;

namespace VoteTracker.Endpoints.Binding;

/// <summary>The key of a resolution: 1 to 64 of a-z, 0-9 and inner hyphens.</summary>
internal static partial class ResolutionId
{
    /// <summary>The maximum length.</summary>
    public const int MostLetters = 64;

    // The desk has pages of its own at these addresses, where it has a page for each resolution.
    private static readonly string[] Reserved = ["gaps", "tasks", "today"];

    /// <summary>Whether no resolution can have this id.</summary>
    public static bool IsReserved(string id) => Reserved.Contains(id, StringComparer.Ordinal);

    /// <summary>
    /// The id of a symbol: without a leading A/RES/ or A/, in lower case, with one hyphen for each run of other characters.
    /// A/RES/ES-10/27 is `es-10-27`, A/ES-10/L.34 is `es-10-l-34`. Null if the symbol has no id.
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
    /// The probable id for a part of an address that is a symbol, or an id in capitals. Null if it is an id already, or not
    /// similar to one. It depends only on the text, so it does not disclose which resolutions exist.
    /// </summary>
    public static string? OfText(string text)
    {
        // An encoded slash in an address stays encoded in the route value.
        var symbol = text.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase).Trim();
        return !Shape().IsMatch(text) && SymbolLike().IsMatch(symbol) ? OfSymbol(symbol) : null;
    }

    [GeneratedRegex("^[A-Za-z0-9/. ()-]+\\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex SymbolLike();

    /// <summary>The pattern of an id.</summary>
    [GeneratedRegex(
        @"^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    public static partial Regex Shape();

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Others();
}
