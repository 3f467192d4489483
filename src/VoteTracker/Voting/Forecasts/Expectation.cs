using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Voting.Forecasts;

/// <summary>Where the chances of a member come from.</summary>
public enum ChancesFrom
{
    /// <summary>What its stance means: position, certainty and age.</summary>
    Stance,

    /// <summary>How it voted on earlier texts.</summary>
    Record,

    /// <summary>How everybody voted: it has no record of its own.</summary>
    Everybody,

    /// <summary>The numbers of the settings: there is no record at all.</summary>
    Settings,

    /// <summary>Nobody's stance on the text is recorded: there is nothing to forecast from.</summary>
    Nothing,
}

/// <summary>
/// What is expected of a member, layer by layer. A position that is held counts as its certainty says, and what is not
/// held to is spread as the record has it; with every half-life that passes since the evidence, half of what was left of
/// the stance gives way to the record. Who is undecided or unknown is expected to do what the record says.
/// </summary>
public sealed record Expectation
{
    /// <summary>The chances in the end.</summary>
    public required Chances Chances { get; init; }

    /// <summary>What they would be without any stance: the record's layer.</summary>
    public required Chances Base { get; init; }

    /// <summary>Where those come from.</summary>
    public required ChancesFrom BaseFrom { get; init; }

    /// <summary>What the stance alone means; null where there is none, or none that says what the member will do.</summary>
    public Chances? Stance { get; init; }

    /// <summary>Where what is not held to is spread from.</summary>
    public ChancesFrom? RestFrom { get; init; }

    /// <summary>How likely the position is held to by its certainty alone.</summary>
    public double? Held { get; init; }

    /// <summary>Days since the evidence.</summary>
    public int? Days { get; init; }

    /// <summary>Days after which half of the stance has given way.</summary>
    public double? HalfLife { get; init; }

    /// <summary>What is left of the stance: its share in the chances; the rest is the record's.</summary>
    public double Share { get; init; }

    /// <summary>Of a member that may vote.</summary>
    /// <param name="ballot">Where it stands.</param>
    /// <param name="days">Days since its evidence; of no account where nothing is held.</param>
    /// <param name="record">What the record lets one expect.</param>
    /// <param name="numbers">What stances mean.</param>
    public static Expectation Create(Ballot ballot, int days, RecordPrediction record, ForecastParameters numbers) =>
        record.IsEmpty ? Create(ballot, days, numbers.IfNotHeld(null), ChancesFrom.Settings, numbers)
        : record.Knows(ballot.MemberState)
            ? Create(ballot, days, record.ChancesOf(ballot.MemberState), ChancesFrom.Record, numbers)
        : Create(ballot, days, record.ChancesOf(ballot.MemberState), ChancesFrom.Everybody, numbers);

    /// <summary>The same, of chances that it has without its stance.</summary>
    public static Expectation Create(
        Ballot ballot,
        int days,
        Chances known,
        ChancesFrom from,
        ForecastParameters numbers
    )
    {
        if (VoteOf(ballot.Position) is not { } vote || ballot.Certainty is not { } certainty)
        {
            return new Expectation
            {
                Chances = known,
                Base = known,
                BaseFrom = from,
            };
        }
        var held = numbers.HoldProbability(certainty);
        var own = from == ChancesFrom.Record;
        var rest = own ? numbers.GivenNot(known, vote) : numbers.IfNotHeld(vote);
        var stance = Mix(held, Chances.Certain(vote), rest);
        var halfLife = numbers.HalfLife(certainty, known[vote]);
        var share = Math.Pow(2, -Math.Max(0, days) / halfLife);
        return new Expectation
        {
            Chances = Mix(share, stance, known),
            Base = known,
            BaseFrom = from,
            Stance = stance,
            RestFrom = own ? ChancesFrom.Record : ChancesFrom.Settings,
            Held = held,
            Days = days,
            HalfLife = halfLife,
            Share = share,
        };
    }

    private static Vote? VoteOf(Position position) =>
        position switch
        {
            Position.Yes => Vote.Yes,
            Position.No => Vote.No,
            Position.Abstain => Vote.Abstain,
            Position.Absent => Vote.NonVoting,
            _ => null,
        };

    private static Chances Mix(double share, Chances a, Chances b) =>
        Chances.Normalize(
            share * a.Yes + (1 - share) * b.Yes,
            share * a.No + (1 - share) * b.No,
            share * a.Abstain + (1 - share) * b.Abstain,
            share * a.Absent + (1 - share) * b.Absent
        );
}
