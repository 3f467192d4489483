using System.Text;

namespace VoteTracker.Features.Comments;

/// <summary>
/// The mentions in a text: `@` and the label of a team member. A label can have spaces, so the longest label that matches is
/// the one that is mentioned. Every other `@` is text.
/// </summary>
internal static class CommentMentions
{
    /// <summary>How many words of a text begin with `@`, whether or not they are labels.</summary>
    public const int Most = 20;

    /// <summary>Counts the words that begin with `@`.</summary>
    public static int Count(string text) => Starts(text).Count();

    /// <summary>Lists the labels that a text mentions, each once, in the order of the text.</summary>
    public static IReadOnlyList<string> Find(string text, IEnumerable<string> labels)
    {
        var longestFirst = labels.OrderByDescending(label => label.Length).ToList();
        return
        [
            .. Starts(text)
                .Select(at => longestFirst.Find(label => HasLabel(text, at, label)))
                .OfType<string>()
                .Distinct(StringComparer.Ordinal),
        ];
    }

    // The places after each `@` that begins a word. The one in an address such as name@example.org does not.
    private static IEnumerable<int> Starts(string text)
    {
        for (var at = text.IndexOf('@'); at >= 0; at = text.IndexOf('@', at + 1))
        {
            if (at + 1 < text.Length && !char.IsWhiteSpace(text[at + 1]) && !EndsWithWord(text.AsSpan(0, at)))
            {
                yield return at + 1;
            }
        }
    }

    private static bool HasLabel(string text, int at, string label) =>
        string.Compare(text, at, label, 0, label.Length, StringComparison.OrdinalIgnoreCase) == 0
        && !BeginsWithWord(text.AsSpan(at + label.Length));

    private static bool BeginsWithWord(ReadOnlySpan<char> text)
    {
        _ = Rune.DecodeFromUtf16(text, out var first, out _);
        return !text.IsEmpty && Rune.IsLetterOrDigit(first);
    }

    private static bool EndsWithWord(ReadOnlySpan<char> text)
    {
        _ = Rune.DecodeLastFromUtf16(text, out var last, out _);
        return !text.IsEmpty && Rune.IsLetterOrDigit(last);
    }
}
