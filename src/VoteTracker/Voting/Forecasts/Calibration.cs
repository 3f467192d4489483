using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Voting.Forecasts;

/// <summary>A member in a roll call, what was expected of it, and what it did.</summary>
/// <param name="Ballot">Where it stood when the vote was taken.</param>
/// <param name="Evidence">On what that rested.</param>
/// <param name="Recorder">Who recorded it.</param>
/// <param name="Chances">What was expected of it.</param>
/// <param name="Vote">What it did.</param>
public sealed record Expected(Ballot Ballot, Evidence? Evidence, string? Recorder, Chances Chances, Vote Vote)
{
    /// <summary>The vote that its position promised; null where it promised none.</summary>
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

/// <summary>How often stances came true, all of them or some.</summary>
public sealed record StanceCalibration
{
    /// <summary>Which: `all`, the word of the certainty or the evidence, or the label of the recorder's key.</summary>
    public required string Key { get; init; }

    /// <summary>How many stances said what the member would do.</summary>
    public required int Count { get; init; }

    /// <summary>How many of these members did it.</summary>
    public required int CameTrue { get; init; }

    /// <summary>cameTrue / count; null where there are none.</summary>
    public required double? Share { get; init; }

    /// <summary>The mean chance that the forecast gave to what the stances said; where it is above the share, they were trusted too much.</summary>
    public required double? Expected { get; init; }

    /// <summary>The mean of −ln of the chance that was given to what happened; null where that was none at all, as settings of 1 make it.</summary>
    public required double? LogLoss { get; init; }

    /// <summary>The mean of the Brier score over the four outcomes, 0 to 2.</summary>
    public required double? Brier { get; init; }

    /// <summary>Of these; those that promised nothing are left out.</summary>
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

/// <summary>The chances that were given, from one to another, and how often they came.</summary>
public sealed record ReliabilityBin
{
    private const int Bins = 10;

    /// <summary>The lower end, included.</summary>
    public required double From { get; init; }

    /// <summary>The upper end; included in the last.</summary>
    public required double To { get; init; }

    /// <summary>How many chances lie there: four a member, one an outcome.</summary>
    public required int Count { get; init; }

    /// <summary>Their mean; null where there are none.</summary>
    public required double? Expected { get; init; }

    /// <summary>The share of them that came; near the mean where forecasts can be trusted.</summary>
    public required double? Happened { get; init; }

    /// <summary>Ten of them.</summary>
    public static IReadOnlyList<ReliabilityBin> FromExpected(IEnumerable<Expected> all)
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
