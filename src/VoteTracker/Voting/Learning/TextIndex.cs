namespace VoteTracker.Voting.Learning;

/// <summary>
/// Compares texts by the cosine of their words. A rare word weighs more: ln(1 + n / the number of texts with it). A
/// comparison only uses the texts before a given one, also for the weights.
/// </summary>
internal sealed class TextIndex
{
    private readonly Dictionary<string, int> _vocabulary = new(StringComparer.Ordinal);
    private readonly int[][] _texts;
    private readonly List<List<int>> _textsWith = [];

    public TextIndex(IEnumerable<IReadOnlyList<string>> texts)
    {
        _texts =
        [
            .. texts.Select(
                (words, text) =>
                    words
                        .Select(word =>
                        {
                            if (_vocabulary.TryAdd(word, _vocabulary.Count))
                            {
                                _textsWith.Add([]);
                            }
                            _textsWith[_vocabulary[word]].Add(text);
                            return _vocabulary[word];
                        })
                        .ToArray()
            ),
        ];
    }

    /// <summary>Whether a text has any words.</summary>
    public bool HasWords(int text) => _texts[text].Length > 0;

    /// <summary>The words of a text by number.</summary>
    public int[] WordsOf(int text) => _texts[text];

    /// <summary>The words of a new text by number. The words that no text has are −1.</summary>
    public int[] Find(IReadOnlyList<string> words) =>
        [.. words.Select(word => _vocabulary.GetValueOrDefault(word, -1))];

    /// <summary>The weights of the words in the first texts, and the lengths of these texts.</summary>
    public TextWeights WeightsOf(int count)
    {
        var squares = new double[_textsWith.Count];
        for (var word = 0; word < squares.Length; word++)
        {
            squares[word] = Square(count, CountBefore(word, count));
        }
        var lengths = new double[count];
        for (var text = 0; text < count; text++)
        {
            var sum = 0d;
            foreach (var word in _texts[text])
            {
                sum += squares[word];
            }
            lengths[text] = Math.Sqrt(sum);
        }
        return new TextWeights(count, squares, lengths);
    }

    /// <summary>The similarities of a text to the first texts, 0 to 1.</summary>
    public double[] Compare(int[] words, TextWeights weights)
    {
        var similarities = new double[weights.Count];
        var sum = 0d;
        foreach (var word in words)
        {
            if (word < 0)
            {
                sum += Square(weights.Count, 0);
                continue;
            }
            var square = weights.Squares[word];
            sum += square;
            foreach (var text in _textsWith[word])
            {
                if (text >= weights.Count)
                {
                    break;
                }
                similarities[text] += square;
            }
        }
        var length = Math.Sqrt(sum);
        for (var text = 0; text < similarities.Length; text++)
        {
            if (similarities[text] > 0)
            {
                similarities[text] = Math.Min(1, similarities[text] / (length * weights.Lengths[text]));
            }
        }
        return similarities;
    }

    private static double Square(int count, int with)
    {
        var weight = Math.Log(1 + (double)count / Math.Max(1, with));
        return weight * weight;
    }

    private int CountBefore(int word, int count)
    {
        var place = _textsWith[word].BinarySearch(count);
        return place < 0 ? ~place : place;
    }
}

/// <summary>The weights of words, as of a number of texts.</summary>
/// <param name="Count">The number of texts.</param>
/// <param name="Squares">The squared weight of each word.</param>
/// <param name="Lengths">The length of each text as a vector of weights.</param>
internal sealed record TextWeights(int Count, double[] Squares, double[] Lengths);
