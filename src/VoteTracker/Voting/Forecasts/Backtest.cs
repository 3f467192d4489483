using VoteTracker.Voting.Records;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Forecasts;

/// <summary>
/// History replayed: each text is forecast from the texts voted before it and from nothing else, and measured, beside
/// two simple ways of guessing.
/// </summary>
public static class Backtest
{
    // What a guess gives each of the three outcomes that it does not guess.
    private const double Other = 0.08;
    private static readonly Chances Blind = Chances.Normalize(0.25, 0.25, 0.25, 0.25);

    /// <summary>These of the record's texts, in the order of their votes.</summary>
    public static IReadOnlyList<BacktestedResolution> Run(VotingRecord record, Func<PastResolution, bool> of) =>
        [
            .. record
                .Texts.Select((text, at) => (text, at))
                .Where(t => of(t.text))
                .Select(t =>
                {
                    var view = record.Before(t.at);
                    var votes = PackedNames.Unpack(t.text.Names);
                    return new BacktestedResolution
                    {
                        Resolution = t.text.Resolution,
                        Day = t.text.Day,
                        Names = votes.Count,
                        Forecast = Measure(votes, view.ChancesOf),
                        AsLastText = Measure(votes, AsInLastText(record, t.at)),
                        MostFrequent = Measure(votes, MostFrequent(record, t.at)),
                    };
                }),
        ];

    /// <summary>"As in the session's last text": the newest vote of the member in the session.</summary>
    private static Func<string, Chances> AsInLastText(VotingRecord record, int text) =>
        member => Guess(Earlier(record, text, member).Cast<Vote?>().LastOrDefault());

    /// <summary>"Always its most frequent vote" in the session; of equally frequent ones, that which it gave first.</summary>
    private static Func<string, Chances> MostFrequent(VotingRecord record, int text) =>
        member =>
            Guess(
                Earlier(record, text, member)
                    .GroupBy(vote => vote)
                    .OrderByDescending(votes => votes.Count())
                    .Select(votes => (Vote?)votes.Key)
                    .FirstOrDefault()
            );

    private static IEnumerable<Vote> Earlier(VotingRecord record, int text, string member) =>
        Enumerable
            .Range(0, text)
            .Where(j => record.Texts[j].Session == record.Texts[text].Session)
            .Select(j => record.VoteOf(member, j))
            .OfType<Vote>();

    // The first of a session has nothing to guess from.
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

/// <summary>How good the forecast of one text was, and how good guesses were.</summary>
public sealed record BacktestedResolution
{
    /// <summary>The resolution's id.</summary>
    public required string Resolution { get; init; }

    /// <summary>The day of the vote.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>How many members the roll call names.</summary>
    public required int Names { get; init; }

    /// <summary>The forecast from the record.</summary>
    public required Accuracy Forecast { get; init; }

    /// <summary>The guess that each votes as in the session's last text.</summary>
    public required Accuracy AsLastText { get; init; }

    /// <summary>The guess that each gives its most frequent vote.</summary>
    public required Accuracy MostFrequent { get; init; }
}
