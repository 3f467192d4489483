using System.Text.Json;
using VoteTracker.Live;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.VoteDays;

/// <summary>What the forecast expected when the vote day was opened, next to the votes so far.</summary>
public sealed record VoteDayForecast
{
    /// <summary>The probability that the majority is reached, when the vote day was opened, with independent members; null if the rule is not recorded.</summary>
    public required decimal? ProbabilityBefore { get; init; }

    /// <summary>The same probability with the votes so far, and the forecast of the remaining members.</summary>
    public required decimal? Probability { get; init; }

    /// <summary>The expected votes of the members that have an entry.</summary>
    public required ExpectedTotals Entered { get; init; }

    /// <summary>The expected votes of the remaining members.</summary>
    public required ExpectedTotals Remaining { get; init; }

    /// <summary>The members whose vote differs from the most probable one, in the order of the roll call.</summary>
    public required IReadOnlyList<string> Surprises { get; init; }
}

/// <summary>Expected numbers of votes, 1 decimal.</summary>
public sealed record ExpectedTotals
{
    /// <summary>Yes.</summary>
    public required decimal Yes { get; init; }

    /// <summary>No.</summary>
    public required decimal No { get; init; }

    /// <summary>Abstentions.</summary>
    public required decimal Abstain { get; init; }

    /// <summary>Non-voting.</summary>
    public required decimal NonVoting { get; init; }

    internal static ExpectedTotals Sum(IReadOnlyCollection<Chances> chances) =>
        new()
        {
            Yes = Round(chances.Sum(one => one.Yes)),
            No = Round(chances.Sum(one => one.No)),
            Abstain = Round(chances.Sum(one => one.Abstain)),
            NonVoting = Round(chances.Sum(one => one.Absent)),
        };

    private static decimal Round(double value) => decimal.Round((decimal)value, 1);
}

/// <summary>
/// The chances of each member that may vote, as they were when the vote day was opened. They are stored with it, because
/// there is no forecast after the vote.
/// </summary>
internal sealed class ExpectedBoard
{
    private readonly IReadOnlyDictionary<string, Chances> _chances;

    private ExpectedBoard(IReadOnlyDictionary<string, Chances> chances) => _chances = chances;

    /// <summary>The JSON of a forecast; null if no stance was recorded.</summary>
    public static string? ToJson(ForecastSnapshot forecast) =>
        forecast.NothingRecorded
            ? null
            : JsonSerializer.Serialize(
                forecast.Members.ToDictionary(
                    member => member.Ballot.MemberState,
                    member =>
                        (double[])
                            [member.Chances.Yes, member.Chances.No, member.Chances.Abstain, member.Chances.Absent],
                    StringComparer.Ordinal
                )
            );

    /// <summary>Parses the JSON of <see cref="ToJson"/>.</summary>
    public static ExpectedBoard Parse(string json) =>
        new(
            JsonSerializer
                .Deserialize<Dictionary<string, double[]>>(json)!
                .ToDictionary(
                    pair => pair.Key,
                    pair => Chances.Normalize(pair.Value[0], pair.Value[1], pair.Value[2], pair.Value[3]),
                    StringComparer.Ordinal
                )
        );

    /// <summary>The most probable vote of a member; null if the forecast did not have it.</summary>
    public (Vote Vote, double Chance)? FindLikeliest(string iso3)
    {
        if (!_chances.TryGetValue(iso3, out var chances))
        {
            return null;
        }
        var vote = Enum.GetValues<Vote>().MaxBy(vote => chances[vote]);
        return (vote, chances[vote]);
    }

    /// <summary>Compares the votes so far with what was expected.</summary>
    /// <param name="rule">The majority that is needed.</param>
    /// <param name="order">The members in the order of the roll call.</param>
    /// <param name="votes">The votes so far.</param>
    /// <param name="remaining">The members that may vote and have no entry.</param>
    public VoteDayForecast Compare(
        MajorityRule rule,
        IReadOnlyList<string> order,
        IReadOnlyDictionary<string, Vote> votes,
        IReadOnlyCollection<string> remaining
    )
    {
        Chances[] entered = [.. votes.Keys.Where(_chances.ContainsKey).Select(state => _chances[state])];
        // A member that the forecast did not have, such as one that was ineligible then, is expected not to vote.
        Chances[] open =
        [
            .. remaining.Select(state =>
                _chances.TryGetValue(state, out var known) ? known : Chances.Certain(Vote.NonVoting)
            ),
        ];
        return new VoteDayForecast
        {
            ProbabilityBefore = Round(Forecast.ProbabilityOf(rule, [.. _chances.Values])),
            Probability = Round(Forecast.ProbabilityOf(rule, [.. votes.Values.Select(Chances.Certain), .. open])),
            Entered = ExpectedTotals.Sum(entered),
            Remaining = ExpectedTotals.Sum(open),
            Surprises =
            [
                .. order.Where(state =>
                    votes.TryGetValue(state, out var vote) && FindLikeliest(state) is { } likely && likely.Vote != vote
                ),
            ],
        };
    }

    private static decimal? Round(double? probability) =>
        probability is { } value ? decimal.Round((decimal)value, 4) : null;
}
