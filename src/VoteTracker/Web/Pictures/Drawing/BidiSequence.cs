namespace VoteTracker.Web.Pictures.Drawing;

/// <summary>One isolating run sequence of a line: the rules W1 to I2 of UAX #9.</summary>
/// <param name="text">The line.</param>
/// <param name="original">The class of each character.</param>
/// <param name="levels">The level of each character: before, that of the sequence.</param>
/// <param name="sequence">The places of the characters of the sequence in the line.</param>
internal sealed class BidiSequence(string text, BidiClass[] original, byte[] levels, List<int> sequence)
{
    private readonly BidiClass[] _classes = [.. sequence.Select(i => original[i])];

    // The characters before and after a sequence have a lower level or none, so its own direction holds at both ends.
    private readonly BidiClass _own =
        sequence.Count > 0 && levels[sequence[0]] % 2 == 1 ? BidiClass.Right : BidiClass.Left;

    public void Resolve()
    {
        ResolveWeak();
        ResolveBrackets();
        ResolveNeutral();
        SetLevels();
    }

    // Rules W1 to W7.
    private void ResolveWeak()
    {
        var previous = _own;
        var strong = _own;
        for (var i = 0; i < _classes.Length; i++)
        {
            if (_classes[i] == BidiClass.Mark)
            {
                _classes[i] = IsIsolate(previous) ? BidiClass.Neutral : previous;
            }
            previous = _classes[i];
            if (IsStrong(previous))
            {
                strong = previous;
            }
            else if (previous == BidiClass.EuropeanNumber && strong == BidiClass.ArabicLetter)
            {
                _classes[i] = BidiClass.ArabicNumber;
            }
        }
        for (var i = 1; i + 1 < _classes.Length; i++)
        {
            var left = _classes[i - 1];
            var joins = _classes[i] switch
            {
                BidiClass.EuropeanSeparator => left == BidiClass.EuropeanNumber,
                BidiClass.CommonSeparator => left is BidiClass.EuropeanNumber or BidiClass.ArabicNumber,
                _ => false,
            };
            if (joins && left == _classes[i + 1])
            {
                _classes[i] = left;
            }
        }
        for (var i = 0; i < _classes.Length; i++)
        {
            if (_classes[i] == BidiClass.EuropeanTerminator)
            {
                var end = EndOf(i, BidiClass.EuropeanTerminator);
                var isOfNumber =
                    i > 0 && _classes[i - 1] == BidiClass.EuropeanNumber
                    || end < _classes.Length && _classes[end] == BidiClass.EuropeanNumber;
                _classes.AsSpan(i..end).Fill(isOfNumber ? BidiClass.EuropeanNumber : BidiClass.Neutral);
                i = end - 1;
            }
        }
        strong = _own;
        for (var i = 0; i < _classes.Length; i++)
        {
            strong = IsStrong(_classes[i]) ? _classes[i] : strong;
            _classes[i] = _classes[i] switch
            {
                BidiClass.ArabicLetter => BidiClass.Right,
                BidiClass.EuropeanSeparator or BidiClass.CommonSeparator => BidiClass.Neutral,
                BidiClass.EuropeanNumber when strong == BidiClass.Left => BidiClass.Left,
                var other => other,
            };
        }
    }

    // Rule N0.
    private void ResolveBrackets()
    {
        foreach (var (open, close) in BidiBrackets.Pairs(_classes, i => text[sequence[i]]).Order())
        {
            var inside = Enumerable.Range(open + 1, close - open - 1).Select(i => Direction(_classes[i])).ToHashSet();
            var opposite = _own == BidiClass.Left ? BidiClass.Right : BidiClass.Left;
            if (inside.Contains(_own))
            {
                SetBrackets(open, close, _own);
            }
            else if (inside.Contains(opposite))
            {
                var before = _own;
                for (var i = 0; i < open; i++)
                {
                    before = Direction(_classes[i]) ?? before;
                }
                SetBrackets(open, close, before);
            }
        }
    }

    private void SetBrackets(int open, int close, BidiClass direction)
    {
        foreach (var bracket in (ReadOnlySpan<int>)[open, close])
        {
            _classes[bracket] = direction;
            for (var i = bracket + 1; i < _classes.Length && original[sequence[i]] == BidiClass.Mark; i++)
            {
                _classes[i] = direction;
            }
        }
    }

    // Rules N1 and N2.
    private void ResolveNeutral()
    {
        var before = _own;
        for (var i = 0; i < _classes.Length; i++)
        {
            if (Direction(_classes[i]) is { } direction)
            {
                before = direction;
                continue;
            }
            var end = i;
            while (end < _classes.Length && Direction(_classes[end]) is null)
            {
                end++;
            }
            var after = end < _classes.Length ? Direction(_classes[end])!.Value : _own;
            _classes.AsSpan(i..end).Fill(before == after ? before : _own);
            i = end - 1;
        }
    }

    // Rules I1 and I2.
    private void SetLevels()
    {
        for (var i = 0; i < _classes.Length; i++)
        {
            var level = levels[sequence[i]];
            levels[sequence[i]] += (level % 2, _classes[i]) switch
            {
                (0, BidiClass.Right) => 1,
                (0, BidiClass.ArabicNumber or BidiClass.EuropeanNumber) => 2,
                (1, BidiClass.Left or BidiClass.ArabicNumber or BidiClass.EuropeanNumber) => 1,
                _ => 0,
            };
        }
    }

    private int EndOf(int start, BidiClass kind)
    {
        while (start < _classes.Length && _classes[start] == kind)
        {
            start++;
        }
        return start;
    }

    private static bool IsStrong(BidiClass kind) => kind is BidiClass.Left or BidiClass.Right or BidiClass.ArabicLetter;

    private static bool IsIsolate(BidiClass kind) => kind >= BidiClass.LeftIsolate;

    // A number is from right to left for the neutral characters around it.
    private static BidiClass? Direction(BidiClass kind) =>
        kind switch
        {
            BidiClass.Left => BidiClass.Left,
            BidiClass.Right or BidiClass.EuropeanNumber or BidiClass.ArabicNumber => BidiClass.Right,
            _ => null,
        };
}
