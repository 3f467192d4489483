using System.Globalization;
using VoteTracker.Voting.Records;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Tallies;

/// <summary>The totals that the President of the Assembly announced; null where the record lacks one.</summary>
public sealed record AnnouncedTotals(int Yes, int No, int? Abstain, int? NonVoting);

/// <summary>Everything that is counted of one resolution at one moment: what a tally and a breakdown are made from.</summary>
public sealed record Standings
{
    /// <summary>
    /// What is counted of a text: names where a roll call has them, else totals where some were announced, nothing of
    /// one that was adopted without a vote or withdrawn, else the stances.
    /// </summary>
    public static Basis BasisOf(ResolutionStatus status, bool? rollCallHasNames) =>
        rollCallHasNames switch
        {
            true => Basis.RecordedVotes,
            false => Basis.Announced,
            null => status is ResolutionStatus.AdoptedWithoutVote or ResolutionStatus.Withdrawn
                ? Basis.None
                : Basis.Stances,
        };

    /// <summary>The resolution's id.</summary>
    public required string Resolution { get; init; }

    /// <summary>The moment of the last change counted, or the moment asked for.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The resolution's version at that moment.</summary>
    public required long Version { get; init; }

    /// <summary>The whole, an amendment, a part, or a motion.</summary>
    public required ResolutionKind Kind { get; init; }

    /// <summary>The majority it needs.</summary>
    public required MajorityRule Rule { get; init; }

    /// <summary>What has become of it.</summary>
    public required ResolutionStatus Status { get; init; }

    /// <summary>What is counted.</summary>
    public required Basis Basis { get; init; }

    /// <summary>The day on which members are members, may vote, and are in groups with dates.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>A ballot a member; empty where only totals are known, or nothing.</summary>
    public required IReadOnlyList<Ballot> Ballots { get; init; }

    /// <summary>The members of that day.</summary>
    public required IReadOnlyList<string> Members { get; init; }

    /// <summary>How many members the record says there were, where it has totals and no names.</summary>
    public int? RecordedMembers { get; init; }

    /// <summary>What was announced, where it was.</summary>
    public AnnouncedTotals? Announced { get; init; }

    /// <summary>The source of the roll call; null before the vote.</summary>
    public RollCallSource? Source { get; init; }

    /// <summary>Who has signed as co-sponsor, observers included.</summary>
    public required IReadOnlyList<string> CoSponsors { get; init; }

    /// <summary>Who may see the resolution.</summary>
    public required Visibility Visibility { get; init; }

    /// <summary>How long they are current without a change of the resolution.</summary>
    public required Freshness Freshness { get; init; }

    /// <summary>Names this state: `812`, or `812.2026-11-21` if a date changed which members may vote since that version.</summary>
    public string StateName =>
        Freshness.ChangedOn is { } day
            ? string.Create(CultureInfo.InvariantCulture, $"{Version}.{day:O}")
            : Version.ToString(CultureInfo.InvariantCulture);
}
