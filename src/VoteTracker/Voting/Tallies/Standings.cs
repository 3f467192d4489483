using System.Globalization;
using VoteTracker.Voting.Records;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Tallies;

/// <summary>The totals that the President of the Assembly announced; null if the record lacks one.</summary>
public sealed record AnnouncedTotals(int Yes, int No, int? Abstain, int? NonVoting);

/// <summary>The data of one resolution at one moment from which a tally and a breakdown are computed.</summary>
public sealed record Standings
{
    /// <summary>
    /// The basis of a resolution's count: the votes in the roll call, or else the announced totals. Without a roll call,
    /// nothing is counted if it was adopted without a vote or withdrawn. Otherwise the stances are counted.
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

    /// <summary>The moment of the last change counted, or the requested moment.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The resolution's version at that moment.</summary>
    public required long Version { get; init; }

    /// <summary>A draft, an amendment, a part, or a motion.</summary>
    public required ResolutionKind Kind { get; init; }

    /// <summary>The majority it needs.</summary>
    public required MajorityRule Rule { get; init; }

    /// <summary>Its status.</summary>
    public required ResolutionStatus Status { get; init; }

    /// <summary>The basis of the count.</summary>
    public required Basis Basis { get; init; }

    /// <summary>The day that decides membership, the right to vote, and groups with dates.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>One ballot for each member; empty if only totals are known, or nothing.</summary>
    public required IReadOnlyList<Ballot> Ballots { get; init; }

    /// <summary>The members of that day.</summary>
    public required IReadOnlyList<string> Members { get; init; }

    /// <summary>The number of members according to the record, if it has only totals.</summary>
    public int? RecordedMembers { get; init; }

    /// <summary>The announced totals, if there are any.</summary>
    public AnnouncedTotals? Announced { get; init; }

    /// <summary>The source of the roll call; null before the vote.</summary>
    public RollCallSource? Source { get; init; }

    /// <summary>The states that have signed as co-sponsors, observers included.</summary>
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
