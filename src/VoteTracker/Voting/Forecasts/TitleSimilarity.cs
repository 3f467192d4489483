namespace VoteTracker.Voting.Forecasts;

/// <summary>
/// The similarity of resolutions by the words of their titles: the Ochiai (cosine) coefficient, 0 to 1. It is the number of
/// common words over the geometric mean of both numbers.
/// </summary>
internal sealed class TitleSimilarity
{
    private const int ShortWord = 3;

    private readonly Dictionary<string, List<int>> _titlesWith = new(StringComparer.Ordinal);
    private readonly List<int> _sizes = [];

    public TitleSimilarity(IEnumerable<string> titles)
    {
        foreach (var title in titles)
        {
            var words = WordsOf(title);
            foreach (var word in words)
            {
                if (!_titlesWith.TryGetValue(word, out var with))
                {
                    _titlesWith[word] = with = [];
                }
                with.Add(_sizes.Count);
            }
            _sizes.Add(words.Count);
        }
    }

    /// <summary>The similarities of a title to the first titles.</summary>
    public double[] Compare(string title, int count)
    {
        var words = WordsOf(title);
        var similarities = new double[count];
        foreach (var word in words)
        {
            foreach (var index in _titlesWith.GetValueOrDefault(word, []))
            {
                if (index >= count)
                {
                    break;
                }
                similarities[index]++;
            }
        }
        for (var i = 0; i < count; i++)
        {
            if (similarities[i] > 0)
            {
                similarities[i] /= Math.Sqrt((double)words.Count * _sizes[i]);
            }
        }
        return similarities;
    }

    /// <summary>Whether a title has significant words.</summary>
    public static bool HasWords(string title) => WordsOf(title).Count > 0;

    // The significant words: those with more than three letters, in lower case.
    private static HashSet<string> WordsOf(string title)
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
}
