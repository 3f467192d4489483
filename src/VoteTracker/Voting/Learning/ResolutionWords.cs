using System.Text.RegularExpressions;

namespace VoteTracker.Voting.Learning;

/// <summary>The significant words of titles and agenda items, by which resolutions are compared.</summary>
internal static partial class ResolutionWords
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
        Parse(
            string.Join(
                ' ',
                agenda
                    .Split('|')
                    .SelectMany(item => Sentences().Split(Document().Replace(item.Trim(), "")))
                    .Where(sentence => LowerCase().IsMatch(Reference().Replace(sentence, "")))
            )
        );

    private static string Singular(string word) =>
        word.Length < ShortestPlural ? word
        : word.EndsWith("ies", StringComparison.Ordinal) ? word[..^3] + "y"
        : word.EndsWith('s') && !word.EndsWith("ss", StringComparison.Ordinal) ? word[..^1]
        : word;

    // Such as "A/70/251 95f ".
    [GeneratedRegex(@"^A/\S+(\s+(Add|Rev)\S*)?\s+\d+\S*\s*")]
    private static partial Regex Document();

    [GeneratedRegex(@"(?<=[.\)])\s+")]
    private static partial Regex Sentences();

    [GeneratedRegex(@"\(\d+\S* \w+.*?\)")]
    private static partial Regex Reference();

    [GeneratedRegex("[a-z]{2}")]
    private static partial Regex LowerCase();
}
