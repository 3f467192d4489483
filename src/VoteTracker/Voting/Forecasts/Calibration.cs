using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Voting.Forecasts;

/// <summary>The forecast for a member in a roll call, and its vote.</summary>
/// <param name="Ballot">Its stance at the time of the vote.</param>
/// <param name="Evidence">The basis of the stance.</param>
/// <param name="Recorder">The label of the key that recorded it.</param>
/// <param name="Chances">The forecast.</param>
/// <param name="Vote">Its vote.</param>
public sealed record Expected(Ballot Ballot, Evidence? Evidence, string? Recorder, Chances Chances, Vote Vote)
{
    /// <summary>The vote that the position promises; null if it promises none.</summary>
    public Vote? Promised =>
        Ballot.Position switch
        {
            Position.Yes => VoteTracker.Voting.Rules.Vote.Yes,
            Position.No => VoteTracker.Voting.Rules.Vote.No,
            Position.Abstain => VoteTracker.Voting.Rules.Vote.Abstain,
            Position.Absent => VoteTracker.Voting.Rules.Vote.NonVoting,
            _ => null,
        };
}

/// <summary>How often stances came true: all of them, or one kind.</summary>
public sealed record StanceCalibration
{
    /// <summary>The kind: `all`, the word of the certainty or the evidence, or the label of the key that recorded them.</summary>
    public required string Key { get; init; }

    /// <summary>The number of stances that promise a vote.</summary>
    public required int Count { get; init; }

    /// <summary>The number of these stances that came true.</summary>
    public required int CameTrue { get; init; }

    /// <summary>cameTrue / count; null without stances.</summary>
    public required double? Share { get; init; }

    /// <summary>The mean probability forecast for the promised votes. If it is above the share, the forecast trusted the stances too much.</summary>
    public required double? Expected { get; init; }

    /// <summary>The mean of −ln of the probability forecast for the actual vote; null if it is infinite, which settings of 1 can cause.</summary>
    public required double? LogLoss { get; init; }

    /// <summary>The mean of the Brier score over the four outcomes, 0 to 2.</summary>
    public required double? Brier { get; init; }

    /// <summary>The calibration of the stances that promise a vote.</summary>
    public static StanceCalibration FromExpected(string key, IEnumerable<Expected> some)
    {
        var held = some.Where(e => e.Promised is not null).ToList();
        var right = held.Count(e => e.Promised == e.Vote);
        var accuracy = Accuracy.FromForecasts(held.Select(e => (e.Chances, e.Vote)));
        return new StanceCalibration
        {
            Key = key,
            Count = held.Count,
            CameTrue = right,
            Share = held.Count == 0 ? null : (double)right / held.Count,
            Expected = held.Count == 0 ? null : held.Average(e => e.Chances[e.Promised!.Value]),
            LogLoss = held.Count == 0 ? null : accuracy.FiniteLogLoss,
            Brier = held.Count == 0 ? null : accuracy.Brier,
        };
    }
}

/// <summary>The forecast probabilities in an interval, and how often their outcomes occurred.</summary>
public sealed record ReliabilityBin
{
    private const int Bins = 10;

    /// <summary>The lower end, included.</summary>
    public required double From { get; init; }

    /// <summary>The upper end; included in the last.</summary>
    public required double To { get; init; }

    /// <summary>The number of probabilities in the interval: four for each member, one for each outcome.</summary>
    public required int Count { get; init; }

    /// <summary>Their mean; null if there are none.</summary>
    public required double? Expected { get; init; }

    /// <summary>The share of their outcomes that occurred. It is close to the mean if the forecasts are calibrated.</summary>
    public required double? Happened { get; init; }

    /// <summary>Ten bins of equal width.</summary>
    public static IReadOnlyList<ReliabilityBin> FromExpected(IEnumerable<Expected> all) =>
        FromForecasts(all.Select(e => (e.Chances, e.Vote)));

    /// <summary>Ten bins of equal width.</summary>
    public static IReadOnlyList<ReliabilityBin> FromForecasts(IEnumerable<(Chances Chances, Vote Vote)> all)
    {
        var given = all.SelectMany(e =>
                Enum.GetValues<Vote>().Select(vote => (Chance: e.Chances[vote], Came: e.Vote == vote))
            )
            .ToLookup(g => Math.Min((int)(g.Chance * Bins), Bins - 1));
        return
        [
            .. Enumerable
                .Range(0, Bins)
                .Select(bin => (Bin: bin, Given: given[bin].ToList()))
                .Select(b => new ReliabilityBin
                {
                    From = b.Bin / (double)Bins,
                    To = (b.Bin + 1) / (double)Bins,
                    Count = b.Given.Count,
                    Expected = b.Given.Count == 0 ? null : b.Given.Average(g => g.Chance),
                    Happened = b.Given.Count == 0 ? null : b.Given.Count(g => g.Came) / (double)b.Given.Count,
                }),
        ];
    }
}
