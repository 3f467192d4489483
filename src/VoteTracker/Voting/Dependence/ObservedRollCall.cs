using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Learning;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Dependence;

/// <summary>A past roll call, and the chances that the roll calls before it gave to each vote.</summary>
internal sealed record ObservedRollCall
{
    private const int MaxRegular = 450;
    private const int FirstObserved = 3;
    private const string Emergency = "es-";

    /// <summary>The number of the day of the vote.</summary>
    public required int Day { get; init; }

    /// <summary>The votes by member index; <see cref="VotingRecord.NotNamed"/> for a member that is not named.</summary>
    public required byte[] Votes { get; init; }

    /// <summary>Four chances for each member: yes, no, abstain, absent.</summary>
    public required float[] Chances { get; init; }

    /// <summary>The novelty of its subject.</summary>
    public required Novelty Novelty { get; init; }

    /// <summary>Whether it is the cold view of a roll call that is also observed as it is.</summary>
    public bool IsCold { get; init; }

    /// <summary>The first roll calls of a record: all of emergency special sessions, and the newest others.</summary>
    /// <param name="record">The record.</param>
    /// <param name="count">The number of roll calls that are known.</param>
    public static IReadOnlyList<ObservedRollCall> From(VotingRecord record, int count)
    {
        var regular = Enumerable.Range(0, count).Where(i => !IsEmergency(record, i)).TakeLast(MaxRegular);
        return
        [
            .. Enumerable
                .Range(0, count)
                .Where(i => IsEmergency(record, i))
                .Concat(regular)
                .Where(i => i >= FirstObserved)
                .Order()
                .Select(i => Create(record, i)),
        ];
    }

    /// <summary>The roll calls of a learned model. The cold view shows how members deviate if a subject is new.</summary>
    public static IReadOnlyList<ObservedRollCall> From(IReadOnlyList<ScoredRollCall> scored)
    {
        return
        [
            .. scored.Select(one => View(one, one.Warm)),
            .. scored.Select(one => View(one, one.Cold) with { IsCold = true }),
        ];

        static ObservedRollCall View(ScoredRollCall scored, ScoredView view) =>
            new()
            {
                Day = scored.Day,
                Votes = scored.Votes,
                Chances = view.Chances,
                Novelty = Novelties.From(view.Novelty),
            };
    }

    /// <summary>The novelty of a resolution, if the similarity of titles is not measured.</summary>
    public static Novelty NoveltyIn(string session) =>
        session.StartsWith(Emergency, StringComparison.Ordinal) ? Novelty.New : Novelty.Related;

    private static bool IsEmergency(VotingRecord record, int index) =>
        NoveltyIn(record.Resolutions[index].Session) == Novelty.New;

    private static ObservedRollCall Create(VotingRecord record, int index)
    {
        var prediction = record.Before(index);
        var chances = new float[record.MemberCount * FactorModel.Outcomes];
        for (var m = 0; m < record.MemberCount; m++)
        {
            var member = prediction.ChancesOf(m);
            for (var c = 0; c < FactorModel.Outcomes; c++)
            {
                chances[m * FactorModel.Outcomes + c] = (float)member[(Vote)c];
            }
        }
        return new ObservedRollCall
        {
            Day = record.Resolutions[index].Day.DayNumber,
            Votes = record.VotesOn(index),
            Chances = chances,
            Novelty = NoveltyIn(record.Resolutions[index].Session),
        };
    }
}
