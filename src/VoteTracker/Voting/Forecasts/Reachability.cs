using System.Text.Json.Serialization;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Forecasts;

/// <summary>
/// How far a member can be brought to a flip, from 0 to 1: a product of parts, each shown. It says whom to talk to first
/// and is no chance: that is the forecast's.
/// </summary>
public sealed record Reachability
{
    /// <summary>The formula, for answers.</summary>
    public const string Formula =
        "score = gain × certainty × pastVotes × coSponsorship × lastContact; a part that is not known or not shown is left out. certainty = 1 − held × 2^(−days / halfLife) of the stance, 1 where none is held; pastVotes = the record's chance of the vote it is to be brought to; coSponsorship towards yes = signed 0.9, committed 0.8, approached 0.6, wanted or none 0.5, withdrawn 0.2, and 1 less that towards no or an abstention of a yes; lastContact = 1 − 2^(−days / 14) / 2, 1 where nobody ever spoke with it.";

    private const double Fortnight = 14;

    /// <summary>How loosely it holds what it holds: 1 − held × what age has left of it; 1 for who is undecided or unknown.</summary>
    public required double Certainty { get; init; }

    /// <summary>The chance that its past votes give to what it is to be brought to; null where there is no record.</summary>
    public required double? PastVotes { get; init; }

    /// <summary>How far it is on its way to signing, or from it.</summary>
    public required double CoSponsorship { get; init; }

    /// <summary>How long ago somebody spoke with it: half right after it, growing to 1. Null where the caller may not see that.</summary>
    public required double? LastContact { get; init; }

    /// <summary>The product.</summary>
    [JsonIgnore]
    public double Product => Certainty * (PastVotes ?? 1) * CoSponsorship * (LastContact ?? 1);

    /// <summary>Of a member that is to make this flip.</summary>
    /// <param name="flip">The flip.</param>
    /// <param name="expectation">What is expected of it.</param>
    /// <param name="coSponsor">How far it is as co-sponsor; null where nothing is recorded.</param>
    /// <param name="contact">When somebody spoke with it last, if the caller may see that.</param>
    public static Reachability Compute(
        FlipKind flip,
        Expectation expectation,
        CoSponsorStatus? coSponsor,
        LastContact? contact
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
        };
    }

    /// <summary>The flips that a member which stands so can make towards a goal; none where it is there already.</summary>
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

/// <summary>When somebody spoke with a member last: so many days ago, or null for never.</summary>
public readonly record struct LastContact(int? Days);
