namespace VoteTracker.Voting.Forecasts;

/// <summary>A resolution of the record with the votes of its roll call.</summary>
public sealed record PastResolution
{
    /// <summary>The resolution's id.</summary>
    public required string Resolution { get; init; }

    /// <summary>The session's id.</summary>
    public required string Session { get; init; }

    /// <summary>The title, which shows the similarity of resolutions.</summary>
    public required string Title { get; init; }

    /// <summary>The agenda items as the Library prints them; null if they are not recorded.</summary>
    public string? Agenda { get; init; }

    /// <summary>The Library's subjects; null if they are not recorded.</summary>
    public string? Subjects { get; init; }

    /// <summary>The day of the vote.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>The votes, packed.</summary>
    public required string Names { get; init; }

    /// <summary>The order of the votes: by day, then by number, so es-10-9 before es-10-10, and 36-88 before 36-100a.</summary>
    public static IComparer<PastResolution> InOrder { get; } =
        Comparer<PastResolution>.Create(
            (a, b) => a.Day.CompareTo(b.Day) is not 0 and var byDay ? byDay : ByNumber(a.Resolution, b.Resolution)
        );

    private static int ByNumber(string a, string b)
    {
        var (x, y) = (a.Split('-'), b.Split('-'));
        for (var i = 0; i < Math.Min(x.Length, y.Length); i++)
        {
            if (CompareParts(x[i], y[i]) is not 0 and var order)
            {
                return order;
            }
        }
        return x.Length != y.Length ? x.Length.CompareTo(y.Length) : string.CompareOrdinal(a, b);
    }

    // By the number at the begin, and then by the letters after it: 88, 100, 100a. Comparing some parts by number and
    // others by letters would have no consistent order, because 100 < 86a < 88 by letters, and 88 < 100 by number.
    private static int CompareParts(string a, string b)
    {
        var (numberOfA, numberOfB) = (DigitsOf(a), DigitsOf(b));
        if (numberOfA.Length == 0 || numberOfB.Length == 0)
        {
            return string.CompareOrdinal(a, b);
        }
        var (x, y) = (numberOfA.TrimStart('0'), numberOfB.TrimStart('0'));
        return x.Length != y.Length ? x.Length.CompareTo(y.Length)
            : x != y ? string.CompareOrdinal(x, y)
            : string.CompareOrdinal(a[numberOfA.Length..], b[numberOfB.Length..]);
    }

    private static string DigitsOf(string part)
    {
        var end = part.AsSpan().IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? part : part[..end];
    }
}
