using System.Runtime.Serialization;
using System.Text.Json.Serialization;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Forecasts;

/// <summary>
/// A score from 0 to 1 of how easily a member can be persuaded to flip: a product of parts, each of which is shown. It
/// ranks members for lobbying. It is not a probability; the forecast has those.
/// </summary>
[DataContract(Name = "Reach")]
public sealed record Reachability
{
    /// <summary>The formula, for responses.</summary>
    public const string Formula =
        "score = gain × certainty × pastVotes × coSponsorship × lastContact. A part that is unknown or hidden is left out. certainty = 1 − held × 2^(−days / halfLife) of the stance, 1 without a position. pastVotes = the record's probability of the vote after the flip. coSponsorship for a flip towards yes = signed 0.9, committed 0.8, approached 0.6, wanted or none 0.5, withdrawn 0.2; for a flip away from yes, 1 minus that. lastContact = 1 − 2^(−days / 14) / 2, 1 without any contact.";

    /// <summary>The formula with pressures.</summary>
    public static readonly string FormulaWithPressures =
        Formula.Replace("× lastContact.", "× lastContact × pressure.", StringComparison.Ordinal)
        + " pressure = 0.5 × (1 − moved) + moved × the share of the pressures towards the vote after the flip, where moved is the share of the probability that the pressures move.";

    private const double Fortnight = 14;

    // A member without pressures: they neither help nor hinder.
    private const double NoPressure = 0.5;

    /// <summary>1 − held × the remaining weight of the stance; 1 for an undecided or unknown member.</summary>
    public required double Certainty { get; init; }

    /// <summary>The probability of the vote after the flip according to its past votes; null without a record.</summary>
    public required double? PastVotes { get; init; }

    /// <summary>The part of its co-sponsorship, from its progress towards signing.</summary>
    public required double CoSponsorship { get; init; }

    /// <summary>The part of the last contact: 0.5 right after it, rising to 1. Null if the caller may not see contacts.</summary>
    public required double? LastContact { get; init; }

    /// <summary>The part of the pressures on the member: 0.5 without any, up to 1 towards the vote after the flip. Only with `pressure=true`.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Pressure { get; init; }

    /// <summary>The product.</summary>
    [JsonIgnore]
    public double Product => Certainty * (PastVotes ?? 1) * CoSponsorship * (LastContact ?? 1) * (Pressure ?? 1);

    /// <summary>Computes the parts for a member and a flip.</summary>
    /// <param name="flip">The flip.</param>
    /// <param name="expectation">The expected vote of the member.</param>
    /// <param name="coSponsor">Its status as a co-sponsor; null if none is recorded.</param>
    /// <param name="contact">Its last contact, if the caller may see contacts.</param>
    /// <param name="pressures">The pressures on it, if the path uses them.</param>
    public static Reachability Compute(
        FlipKind flip,
        Expectation expectation,
        CoSponsorStatus? coSponsor,
        LastContact? contact,
        PressuresOn? pressures = null
    )
    {
        var record = expectation.Base;
        var towards = coSponsor switch
        {
            CoSponsorStatus.Signed => 0.9,
            CoSponsorStatus.Committed => 0.8,
            CoSponsorStatus.Approached => 0.6,
            CoSponsorStatus.Withdrawn => 0.2,
            _ => 0.5,
        };
        var up = flip is FlipKind.NoToYes or FlipKind.NoToAbstain or FlipKind.OtherToYes;
        return new Reachability
        {
            Certainty = 1 - (expectation.Held ?? 0) * expectation.Share,
            PastVotes =
                expectation.BaseFrom == ChancesFrom.Settings ? null
                : flip is FlipKind.NoToYes or FlipKind.OtherToYes ? record.Yes
                : flip is FlipKind.YesToNo or FlipKind.OtherToNo ? record.No
                : record.NotVoting,
            CoSponsorship = up ? towards : 1 - towards,
            LastContact = contact is { } spoken
                ? 1 - (spoken.Days is { } days ? Math.Pow(2, -days / Fortnight) / 2 : 0)
                : null,
            Pressure = pressures is { } on ? on.Effect?.Help(flip) ?? NoPressure : null,
        };
    }

    /// <summary>The flips from a position towards a goal; none if the position already meets it.</summary>
    public static IReadOnlyList<FlipKind> Flips(Goal goal, Position position) =>
        (goal, position) switch
        {
            (Goal.Adopt, Position.Yes) or (Goal.Block, Position.No) => [],
            (Goal.Adopt, Position.No) => [FlipKind.NoToYes, FlipKind.NoToAbstain],
            (Goal.Adopt, _) => [FlipKind.OtherToYes],
            (Goal.Block, Position.Yes) => [FlipKind.YesToNo, FlipKind.YesToAbstain],
            _ => [FlipKind.OtherToNo],
        };
}

/// <summary>The days since the last contact with a member; null without any contact.</summary>
public readonly record struct LastContact(int? Days);

/// <summary>The effect of the pressures on a member; null without any.</summary>
public readonly record struct PressuresOn(PressureEffect? Effect);
