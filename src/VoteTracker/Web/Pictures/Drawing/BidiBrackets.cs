namespace VoteTracker.Web.Pictures.Drawing;

/// <summary>The pairs of brackets in a sequence of characters (definition BD16 of UAX #9).</summary>
internal static class BidiBrackets
{
    // Each opening bracket is before its closing one.
    private const string All = "()[]{}\u2045\u2046\u2329\u232A\u3008\u3009\u300A\u300B\u300C\u300D\u3010\u3011";
    private const int MaxOpen = 63;

    public static IReadOnlyList<(int Open, int Close)> Pairs(BidiClass[] classes, Func<int, char> characterAt)
    {
        var pairs = new List<(int, int)>();
        var open = new List<(char Closing, int At)>();
        for (var i = 0; i < classes.Length; i++)
        {
            var kind = classes[i] == BidiClass.Neutral ? All.IndexOf(characterAt(i), StringComparison.Ordinal) : -1;
            if (kind < 0)
            {
                continue;
            }
            if (kind % 2 == 0)
            {
                if (open.Count == MaxOpen)
                {
                    return [];
                }
                open.Add((Canonical(All[kind + 1]), i));
                continue;
            }
            var match = open.FindLastIndex(b => b.Closing == Canonical(All[kind]));
            if (match >= 0)
            {
                pairs.Add((open[match].At, i));
                open.RemoveRange(match, open.Count - match);
            }
        }
        return pairs;
    }

    // U+2329 and U+232A are the same brackets as U+3008 and U+3009.
    private static char Canonical(char bracket) => bracket == '\u232A' ? '\u3009' : bracket;
}
