namespace VoteTracker.Voting.Forecasts;

/// <summary>The similarity of two resolutions by the words of their titles.</summary>
public static class TitleSimilarity
{
    private const int ShortWord = 3;

    /// <summary>The significant words of a title: those with more than three letters, in lower case.</summary>
    internal static HashSet<string> WordsOf(string title)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        for (var (at, begin) = (0, 0); at <= title.Length; at++)
        {
            if (at == title.Length || !char.IsLetter(title[at]))
            {
                if (at - begin > ShortWord)
                {
                    words.Add(title[begin..at].ToLowerInvariant());
                }
                begin = at + 1;
            }
        }
        return words;
    }

    /// <summary>The Ochiai (cosine) coefficient, 0 to 1: the number of common words over the geometric mean of both numbers.</summary>
    internal static double Compute(HashSet<string> a, HashSet<string> b) =>
        a.Count == 0 || b.Count == 0 ? 0 : a.Count(b.Contains) / Math.Sqrt((double)a.Count * b.Count);
}
