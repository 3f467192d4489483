using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Forecasts;

/// <summary>The accuracy of forecasts, measured against the votes.</summary>
public readonly record struct Accuracy
{
    /// <summary>The number of forecasts.</summary>
    public int Count { get; init; }

    /// <summary>The mean of −ln of the probability forecast for the actual vote; 0 is perfect, ln 4 = 1.386 is a blind guess.</summary>
    public double LogLoss { get; init; }

    /// <summary>The log loss; null if it is infinite, because an actual vote had probability 0.</summary>
    public double? FiniteLogLoss => double.IsFinite(LogLoss) ? LogLoss : null;

    /// <summary>The mean Brier score: the sum over the four outcomes of (probability − 1 or 0)²; 0 to 2.</summary>
    public double Brier { get; init; }

    /// <summary>The share of forecasts whose most probable outcome is the vote; of equal ones, the first of yes, no, abstain, non-voting.</summary>
    public double Share { get; init; }

    /// <summary>The accuracy of forecasts, given the votes; all values are 0 without forecasts.</summary>
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

    /// <summary>The mean of several accuracies with equal weight, for example of resolutions with different numbers of votes.</summary>
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
