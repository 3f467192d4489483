using System.Text;

namespace VoteTracker.Web.Pictures.Drawing;

/// <summary>
/// The levels of the characters of a line by the Unicode Bidirectional Algorithm (UAX #9): an even level is from left
/// to right, an odd one from right to left. Isolates are resolved. Embeddings and overrides have no effect.
/// </summary>
/// <remarks>
/// Svg.Skia 5.2.3 reverses the digits of numbers in Arabic text, and orders tspans from left to right. Its own
/// implementation of the algorithm is internal.
/// </remarks>
internal static class Bidi
{
    private const byte MaxLevel = 125;

    /// <summary>The level of each UTF-16 unit.</summary>
    public static byte[] Levels(string text, bool rightToLeft)
    {
        var levels = new byte[text.Length];
        var classes = Classes(text);
        if (!rightToLeft && !classes.Any(BidiClasses.IsRightToLeft))
        {
            return levels;
        }
        var paragraph = (byte)(rightToLeft ? 1 : 0);
        foreach (var sequence in Sequences(classes, levels, paragraph))
        {
            new BidiSequence(text, classes, levels, sequence).Resolve();
        }
        // An ignored character has the level of its predecessor, so that it does not divide a run.
        for (var i = 0; i < text.Length; i++)
        {
            if (classes[i] == BidiClass.Ignored)
            {
                levels[i] = i == 0 ? paragraph : levels[i - 1];
            }
        }
        return levels;
    }

    /// <summary>Whether the first strong character outside of isolates is from right to left.</summary>
    public static bool IsRightToLeft(string text) => FirstStrong(Classes(text), 0, text.Length) is > BidiClass.Left;

    /// <summary>The order in which runs with these levels are drawn, from left to right (rule L2).</summary>
    public static int[] VisualOrder(IReadOnlyList<byte> levels)
    {
        var order = Enumerable.Range(0, levels.Count).ToArray();
        for (var level = levels.DefaultIfEmpty().Max(); level > 0; level--)
        {
            for (var start = 0; start < order.Length; start++)
            {
                var end = start;
                while (end < order.Length && levels[order[end]] >= level)
                {
                    end++;
                }
                Array.Reverse(order, start, end - start);
                start = Math.Max(start, end - 1);
            }
        }
        return order;
    }

    private static BidiClass[] Classes(string text)
    {
        var classes = new BidiClass[text.Length];
        var i = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            classes.AsSpan(i, rune.Utf16SequenceLength).Fill(BidiClasses.Of(rune));
            i += rune.Utf16SequenceLength;
        }
        return classes;
    }

    // Rules X1 to X10. Without embeddings, the characters directly inside an isolate are one isolating run sequence.
    private static List<List<int>> Sequences(BidiClass[] classes, byte[] levels, byte paragraph)
    {
        var sequences = new List<List<int>> { new() };
        var open = new Stack<(List<int> Sequence, byte Level)>([(sequences[0], paragraph)]);
        var tooDeep = 0;
        for (var i = 0; i < classes.Length; i++)
        {
            if (classes[i] == BidiClass.Ignored)
            {
                continue;
            }
            if (classes[i] == BidiClass.EndOfIsolate && tooDeep > 0)
            {
                tooDeep--;
            }
            else if (classes[i] == BidiClass.EndOfIsolate && open.Count > 1)
            {
                open.Pop();
            }
            var (sequence, level) = open.Peek();
            levels[i] = level;
            sequence.Add(i);
            if (classes[i] is not (BidiClass.LeftIsolate or BidiClass.RightIsolate or BidiClass.FirstStrongIsolate))
            {
                continue;
            }
            var inner = IsolateRightToLeft(classes, i) ? (level + 1) | 1 : (level + 2) & ~1;
            if (inner > MaxLevel || tooDeep > 0)
            {
                tooDeep++;
                continue;
            }
            sequences.Add([]);
            open.Push((sequences[^1], (byte)inner));
        }
        return sequences;
    }

    private static bool IsolateRightToLeft(BidiClass[] classes, int at) =>
        classes[at] == BidiClass.RightIsolate
        || classes[at] == BidiClass.FirstStrongIsolate
            && FirstStrong(classes, at + 1, classes.Length) is > BidiClass.Left;

    // Rules P2 and P3.
    private static BidiClass? FirstStrong(BidiClass[] classes, int start, int end)
    {
        var depth = 0;
        for (var i = start; i < end; i++)
        {
            switch (classes[i])
            {
                case BidiClass.LeftIsolate or BidiClass.RightIsolate or BidiClass.FirstStrongIsolate:
                    depth++;
                    break;
                case BidiClass.EndOfIsolate when depth == 0 && start > 0:
                    return null;
                case BidiClass.EndOfIsolate:
                    depth = Math.Max(0, depth - 1);
                    break;
                case BidiClass.Left or BidiClass.Right or BidiClass.ArabicLetter when depth == 0:
                    return classes[i];
            }
        }
        return null;
    }
}
