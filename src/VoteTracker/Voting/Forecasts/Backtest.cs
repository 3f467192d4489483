using VoteTracker.Voting.Learning;
using VoteTracker.Voting.Records;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Forecasts;

/// <summary>
/// Forecasts each past resolution only from the resolutions voted before it, and compares the accuracy with the plain
/// model and with three simple guesses.
/// </summary>
public static class Backtest
{
    // The probability of each of the three outcomes that are not the guess.
    private const double Other = 0.08;
    private static readonly Chances Blind = Chances.Normalize(0.25, 0.25, 0.25, 0.25);

    /// <summary>Backtests the selected resolutions of the record, in the order of their votes.</summary>
    /// <param name="record">The record.</param>
    /// <param name="isSelected">Whether a resolution is selected.</param>
    /// <param name="earlierDays">
    /// Whether only the votes of earlier days are known. Otherwise, also those of the same day with a lower number.
    /// </param>
    public static IReadOnlyList<BacktestedResolution> Run(
        VotingRecord record,
        Func<PastResolution, bool> isSelected,
        bool earlierDays = false
    )
    {
        var predictions = new PastPredictions(record, earlierDays);
        return
        [
            .. record
                .Resolutions.Select((resolution, index) => (resolution, index))
                .Where(t => isSelected(t.resolution))
                .Select(t =>
                {
                    var votes = PackedNames.Unpack(t.resolution.Names);
                    var prediction = predictions.Predict(t.index);
                    return new BacktestedResolution
                    {
                        Resolution = t.resolution.Resolution,
                        Day = t.resolution.Day,
                        Names = votes.Count,
                        Model = prediction.Forecast.Model,
                        Forecasts = [.. votes.Select(v => (prediction.Forecast.ChancesOf(v.MemberState), v.Vote))],
                        Forecast = Measure(votes, prediction.Forecast.ChancesOf),
                        Plain = Measure(votes, prediction.Plain.ChancesOf),
                        SimilarTitles = Measure(votes, member => prediction.SimilarTitles[predictions.IndexOf(member)]),
                        AsLastResolution = Measure(votes, AsInLastResolution(record, t.index)),
                        MostFrequent = Measure(votes, MostFrequent(record, t.index)),
                    };
                }),
        ];
    }

    /// <summary>"As in the session's last resolution": the newest vote of the member in the session.</summary>
    private static Func<string, Chances> AsInLastResolution(VotingRecord record, int resolution) =>
        member => Guess(Earlier(record, resolution, member).Cast<Vote?>().LastOrDefault());

    /// <summary>"Always its most frequent vote" in the session; of equally frequent votes, the earliest.</summary>
    private static Func<string, Chances> MostFrequent(VotingRecord record, int resolution) =>
        member =>
            Guess(
                Earlier(record, resolution, member)
                    .GroupBy(vote => vote)
                    .OrderByDescending(votes => votes.Count())
                    .Select(votes => (Vote?)votes.Key)
                    .FirstOrDefault()
            );

    private static IEnumerable<Vote> Earlier(VotingRecord record, int resolution, string member) =>
        Enumerable
            .Range(0, resolution)
            .Where(j => record.Resolutions[j].Session == record.Resolutions[resolution].Session)
            .Select(j => record.VoteOf(member, j))
            .OfType<Vote>();

    // The first resolution of a session has no earlier votes.
    private static Chances Guess(Vote? guess)
    {
        return guess is null
            ? Blind
            : Chances.Normalize(Chance(Vote.Yes), Chance(Vote.No), Chance(Vote.Abstain), Chance(Vote.NonVoting));

        double Chance(Vote vote) => vote == guess ? 1 - 3 * Other : Other;
    }

    private static Accuracy Measure(IReadOnlyList<NamedVote> votes, Func<string, Chances> of) =>
        Accuracy.FromForecasts(votes.Select(vote => (of(vote.MemberState), vote.Vote)));
}

/// <summary>The accuracy of the forecast of one resolution, and of the guesses.</summary>
public sealed record BacktestedResolution
{
    /// <summary>The resolution's id.</summary>
    public required string Resolution { get; init; }

    /// <summary>The day of the vote.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>The number of members in the roll call.</summary>
    public required int Names { get; init; }

    /// <summary>The model of the forecast.</summary>
    public required ForecastModel Model { get; init; }

    /// <summary>The forecast and the vote of each member.</summary>
    public required IReadOnlyList<(Chances Chances, Vote Vote)> Forecasts { get; init; }

    /// <summary>The accuracy of the forecast from the record.</summary>
    public required Accuracy Forecast { get; init; }

    /// <summary>The accuracy of the plain model, which does not learn.</summary>
    public required Accuracy Plain { get; init; }

    /// <summary>The accuracy of the rule that each member votes as on the resolutions with the most similar titles.</summary>
    public required Accuracy SimilarTitles { get; init; }

    /// <summary>The accuracy of the guess that each member votes as in the session's last resolution.</summary>
    public required Accuracy AsLastResolution { get; init; }

    /// <summary>The accuracy of the guess that each member gives its most frequent vote.</summary>
    public required Accuracy MostFrequent { get; init; }
}
