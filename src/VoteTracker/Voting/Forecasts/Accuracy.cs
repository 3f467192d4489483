using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Forecasts;

/// <summary>How good forecasts were, measured when it is known what happened.</summary>
public readonly record struct Accuracy
{
    /// <summary>How many forecasts.</summary>
    public int Count { get; init; }

    /// <summary>The mean of −ln of the chance that was given to what happened; 0 is perfect, ln 4 = 1.386 is a blind guess.</summary>
    public double LogLoss { get; init; }

    /// <summary>The same; null where something happened that was given no chance at all: then it has no end, and there is no number for it.</summary>
    public double? FiniteLogLoss => double.IsFinite(LogLoss) ? LogLoss : null;

    /// <summary>The mean over the forecasts of the sum over the four outcomes of (chance − what happened)²; 0 to 2.</summary>
    public double Brier { get; init; }

    /// <summary>How often the likeliest outcome is what happened; of equally likely ones, the first of yes, no, abstain, non-voting.</summary>
    public double Share { get; init; }

    /// <summary>Of forecasts and what happened; of none, all are 0.</summary>
    public static Accuracy FromForecasts(IEnumerable<(Chances Chances, Vote Vote)> forecasts)
    {
        var (count, logLoss, brier, right) = (0, 0d, 0d, 0);
        foreach (var (chances, vote) in forecasts)
        {
            count++;
            logLoss -= Math.Log(chances[vote]);
            var likeliest = Vote.Yes;
            foreach (var outcome in Votes)
            {
                var off = chances[outcome] - (outcome == vote ? 1 : 0);
                brier += off * off;
                likeliest = chances[outcome] > chances[likeliest] ? outcome : likeliest;
            }
            right += likeliest == vote ? 1 : 0;
        }
        return count == 0
            ? default
            : new Accuracy
            {
                Count = count,
                LogLoss = logLoss / count,
                Brier = brier / count,
                Share = (double)right / count,
            };
    }

    /// <summary>The mean of several, each counted once: of texts, however many are named in each.</summary>
    public static Accuracy Mean(IReadOnlyCollection<Accuracy> several) =>
        several.Count == 0
            ? default
            : new Accuracy
            {
                Count = several.Count,
                LogLoss = several.Average(a => a.LogLoss),
                Brier = several.Average(a => a.Brier),
                Share = several.Average(a => a.Share),
            };

    private static readonly Vote[] Votes = Enum.GetValues<Vote>();
}
