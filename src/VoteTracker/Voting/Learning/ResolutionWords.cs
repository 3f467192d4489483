namespace VoteTracker.Voting.Learning;

/// <summary>The significant words of titles and agenda items, by which resolutions are compared.</summary>
internal static class ResolutionWords
{
    private const int ShortestWord = 3;
    private const int ShortestPlural = 5;
    private const string EndOfTitle = " : resolution";

    private static readonly HashSet<string> Ignored = new(StringComparer.Ordinal)
    {
        "the",
        "of",
        "and",
        "in",
        "to",
        "for",
        "on",
        "by",
        "with",
        "a",
        "an",
        "at",
        "from",
        "as",
        "their",
        "its",
        "all",
        "or",
        "against",
        "under",
        "including",
        "related",
    };

    /// <summary>
    /// The words of a text, in the order of their letters: runs of three letters or more, in lower case, without frequent
    /// words and without the ending of a plural.
    /// </summary>
    public static IReadOnlyList<string> Parse(string text)
    {
        var lower = text.ToLowerInvariant();
        var end = lower.IndexOf(EndOfTitle, StringComparison.Ordinal);
        if (end >= 0)
        {
            lower = lower[..end];
        }
        lower = lower.Replace("’", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal);
        var words = new SortedSet<string>(StringComparer.Ordinal);
        for (var (at, begin) = (0, 0); at <= lower.Length; at++)
        {
            if (at == lower.Length || !char.IsLetter(lower[at]))
            {
                if (at - begin >= ShortestWord && lower[begin..at] is var word && !Ignored.Contains(word))
                {
                    words.Add(Singular(word));
                }
                begin = at + 1;
            }
        }
        return [.. words];
    }

    /// <summary>
    /// The words of the agenda items, as the Library prints them: several are separated by bars. The number of the document
    /// and the key words in capitals are left out.
    /// </summary>
    public static IReadOnlyList<string> ParseAgenda(string agenda) =>
        Parse(string.Join(' ', agenda.Split('|').SelectMany(SentencesOf).Where(IsSentence)));

    private static string Singular(string word) =>
        word.Length < ShortestPlural ? word
        : word.EndsWith("ies", StringComparison.Ordinal) ? word[..^3] + "y"
        : word.EndsWith('s') && !word.EndsWith("ss", StringComparison.Ordinal) ? word[..^1]
        : word;

    // Without the document and the number of the item, such as "A/70/251 95f".
    private static IEnumerable<string> SentencesOf(string item)
    {
        var words = item.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var begin = 0;
        if (words is [var document, ..] && document.StartsWith("A/", StringComparison.Ordinal))
        {
            var number =
                words is [_, var part, ..]
                && (
                    part.StartsWith("Add", StringComparison.Ordinal) || part.StartsWith("Rev", StringComparison.Ordinal)
                )
                    ? 2
                    : 1;
            begin = number < words.Length && char.IsAsciiDigit(words[number][0]) ? number + 1 : 0;
        }
        for (var at = begin; at < words.Length; at++)
        {
            if (words[at][^1] is '.' or ')' || at == words.Length - 1)
            {
                yield return string.Join(' ', words[begin..(at + 1)]);
                begin = at + 1;
            }
        }
    }

    // Key words are in capitals, and can have a reference in parentheses, such as "(1998 resolution)".
    private static bool IsSentence(string text)
    {
        var (inReference, small) = (false, 0);
        for (var at = 0; at < text.Length; at++)
        {
            inReference = text[at] switch
            {
                '(' => at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]),
                ')' => false,
                _ => inReference,
            };
            small = !inReference && char.IsAsciiLetterLower(text[at]) ? small + 1 : 0;
            if (small == 2)
            {
                return true;
            }
        }
        return false;
    }
}
