namespace VoteTracker.Endpoints.Text;

/// <summary>
/// The text of a search. It finds what has all of its words, in any order and in any field. Case, accents and punctuation
/// are ignored, and each word may be the start of a longer one. Words that are joined by punctuation must follow each other.
/// </summary>
internal sealed class SearchText
{
    /// <summary>The largest number of characters.</summary>
    public const int MaxLength = 200;

    private readonly string[] _phrases;

    private SearchText(string[] phrases) => _phrases = phrases;

    /// <summary>Parses the text; null if it has no letter and no digit.</summary>
    public static SearchText? Parse(string text)
    {
        string[] phrases =
        [
            .. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                .Select(word => FoldedText.Fold(word).TrimEnd(' '))
                .Where(phrase => phrase.Length > 0)
                .Distinct(StringComparer.Ordinal),
        ];
        return phrases.Length == 0 ? null : new SearchText(phrases);
    }

    /// <summary>
    /// The patterns of LIKE that find the same, in a field that is stored folded and has a blank before it. `!` is their escape.
    /// </summary>
    public IReadOnlyList<string> Patterns =>
        [
            .. _phrases.Select(phrase =>
                $"%{phrase.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal)}%"
            ),
        ];

    /// <summary>Whether each word is in one of the fields. A field that is null has no words.</summary>
    public bool Matches(params ReadOnlySpan<string?> fields)
    {
        var folded = FoldedText.Fold(string.Join('\n', fields));
        return Array.TrueForAll(_phrases, phrase => folded.Contains(phrase, StringComparison.Ordinal));
    }
}
