namespace VoteTracker.Endpoints.Binding;

/// <summary>Finds the known name that a misspelt one is closest to, for error messages.</summary>
/// <remarks>
/// Case and separators do not count, so `as_of` finds `asOf`. Otherwise a name may differ in a third of its letters, three
/// at most. The distance is the optimal string alignment: it counts inserted, deleted, replaced and transposed letters.
/// </remarks>
internal static class ClosestName
{
    private const int MostEdits = 3;

    /// <summary>The closest of the known names, as it is spelt there; null if none is close.</summary>
    public static string? Find(string name, IEnumerable<string> known)
    {
        string? closest = null;
        var fewest = MostEdits + 1;
        var letters = LettersOf(name);
        foreach (var candidate in known)
        {
            var others = LettersOf(candidate);
            var most = Math.Min(MostEdits, Math.Max(letters.Length, others.Length) / 3);
            // A long name is not compared letter by letter with a short one.
            if (Math.Abs(letters.Length - others.Length) > most)
            {
                continue;
            }
            var edits = Distance(letters, others);
            if (edits <= most && edits < fewest)
            {
                (closest, fewest) = (candidate, edits);
            }
        }
        return closest;
    }

    private static string LettersOf(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static int Distance(string a, string b)
    {
        // Three rows of the table are enough: a transposition looks two rows back.
        var width = b.Length + 1;
        var (beforeLast, last, row) = (new int[width], new int[width], new int[width]);
        for (var j = 0; j < width; j++)
        {
            last[j] = j;
        }
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j < width; j++)
            {
                var replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                row[j] = Math.Min(replaced, Math.Min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
                }
            }
            (beforeLast, last, row) = (last, row, beforeLast);
        }
        return last[b.Length];
    }
}
