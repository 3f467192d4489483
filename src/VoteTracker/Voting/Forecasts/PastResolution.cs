using System.Globalization;

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

    /// <summary>The order of the votes: by day, then by number, so es-10-9 before es-10-10.</summary>
    public static IComparer<PastResolution> InOrder { get; } =
        Comparer<PastResolution>.Create(
            (a, b) => a.Day.CompareTo(b.Day) is not 0 and var byDay ? byDay : ByNumber(a.Resolution, b.Resolution)
        );

    private static int ByNumber(string a, string b)
    {
        var (x, y) = (a.Split('-'), b.Split('-'));
        for (var i = 0; i < Math.Min(x.Length, y.Length); i++)
        {
            var order =
                int.TryParse(x[i], NumberStyles.None, CultureInfo.InvariantCulture, out var m)
                && int.TryParse(y[i], NumberStyles.None, CultureInfo.InvariantCulture, out var n)
                    ? m.CompareTo(n)
                    : string.CompareOrdinal(x[i], y[i]);
            if (order != 0)
            {
                return order;
            }
        }
        return x.Length.CompareTo(y.Length);
    }
}
