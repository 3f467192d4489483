using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Voting.Forecasts;

/// <summary>The source of the chances of a member.</summary>
public enum ChancesFrom
{
    /// <summary>Its stance: position, certainty and age.</summary>
    Stance,

    /// <summary>Its votes on earlier resolutions.</summary>
    Record,

    /// <summary>The votes of all members, because it has no record.</summary>
    Everybody,

    /// <summary>The settings, because there is no record.</summary>
    Settings,

    /// <summary>No stance on the resolution is recorded, so there is no forecast.</summary>
    Nothing,

    /// <summary>Its votes on earlier resolutions, updated by the stances of other members on this one.</summary>
    Others,
}

/// <summary>
/// The expected vote of a member, in layers. A position counts with the probability of its certainty, and the rest is
/// distributed like the record. With each half-life since the evidence, the weight of the stance halves in favour of the
/// record. For an undecided or unknown member, the record alone decides.
/// </summary>
public sealed record Expectation
{
    /// <summary>The resulting chances.</summary>
    public required Chances Chances { get; init; }

    /// <summary>The chances without a stance: the layer of the record.</summary>
    public required Chances Base { get; init; }

    /// <summary>The source of these chances.</summary>
    public required ChancesFrom BaseFrom { get; init; }

    /// <summary>The chances from the stance alone; null if no stance promises a vote.</summary>
    public Chances? Stance { get; init; }

    /// <summary>The source of the distribution if the position is not held.</summary>
    public ChancesFrom? RestFrom { get; init; }

    /// <summary>The probability that the position is held, from its certainty alone.</summary>
    public double? Held { get; init; }

    /// <summary>Days since the evidence.</summary>
    public int? Days { get; init; }

    /// <summary>Days after which the stance has half its weight.</summary>
    public double? HalfLife { get; init; }

    /// <summary>The weight of the stance in the chances; the rest is the record's.</summary>
    public double Share { get; init; }

    /// <summary>The vote that the stance promises; null if it promises none.</summary>
    public Vote? Promised { get; init; }

    /// <summary>The probability that the stance is still kept: held × share. 0 without one.</summary>
    public double Kept => Promised is null ? 0 : Share * Held!.Value;

    /// <summary>The expectation for a member that may vote.</summary>
    /// <param name="ballot">Its stance.</param>
    /// <param name="days">Days since its evidence; ignored without a position.</param>
    /// <param name="record">The prediction from the record.</param>
    /// <param name="parameters">The parameters of the forecast.</param>
    public static Expectation Create(Ballot ballot, int days, RecordPrediction record, ForecastParameters parameters) =>
        record.IsEmpty ? Create(ballot, days, parameters.IfNotHeld(null), ChancesFrom.Settings, parameters)
        : record.Knows(ballot.MemberState)
            ? Create(ballot, days, record.ChancesOf(ballot.MemberState), ChancesFrom.Record, parameters)
        : Create(ballot, days, record.ChancesOf(ballot.MemberState), ChancesFrom.Everybody, parameters);

    /// <summary>The same, from the chances without its stance.</summary>
    public static Expectation Create(
        Ballot ballot,
        int days,
        Chances known,
        ChancesFrom from,
        ForecastParameters parameters
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
        var held = parameters.HoldProbability(certainty);
        var own = from == ChancesFrom.Record;
        var rest = own ? parameters.GivenNot(known, vote) : parameters.IfNotHeld(vote);
        var stance = Mix(held, Chances.Certain(vote), rest);
        var halfLife = parameters.HalfLife(certainty, known[vote]);
        var share = Math.Pow(2, -Math.Max(0, days) / halfLife);
        return new Expectation
        {
            Chances = Mix(share, stance, known),
            Base = known,
            BaseFrom = from,
            Stance = stance,
            RestFrom = own ? ChancesFrom.Record : ChancesFrom.Settings,
            Promised = vote,
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
