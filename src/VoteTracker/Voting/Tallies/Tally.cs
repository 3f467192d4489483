using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Tallies;

/// <summary>The count of a resolution now, or as of a moment.</summary>
public sealed record Tally
{
    /// <summary>The resolution's id.</summary>
    public required string Resolution { get; init; }

    /// <summary>The moment of the last change counted, or the requested moment; UTC.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The resolution's version: a counter that every change raises.</summary>
    public required long Version { get; init; }

    /// <summary>The stances that count under their position.</summary>
    public required Counting Counting { get; init; }

    /// <summary>The basis of the count: stances before the vote, the record after it.</summary>
    public required Basis Basis { get; init; }

    /// <summary>The majority it needs.</summary>
    public required MajorityRule Rule { get; init; }

    /// <summary>Whether that majority is reached; null if the rule or the votes are not recorded.</summary>
    public required bool? Reached { get; init; }

    /// <summary>Whether undecided and unknown members can still change the result; after the vote, `secured` or `lost`.</summary>
    public required Outlook? Outlook { get; init; }

    /// <summary>Y.</summary>
    public required int? Yes { get; init; }

    /// <summary>N.</summary>
    public required int? No { get; init; }

    /// <summary>Abstentions; they do not count (rule 86).</summary>
    public required int? Abstain { get; init; }

    /// <summary>Absent; in a recorded vote, non-voting.</summary>
    public required int? Absent { get; init; }

    /// <summary>Undecided.</summary>
    public required int? Undecided { get; init; }

    /// <summary>Members without a recorded position.</summary>
    public required int? Unknown { get; init; }

    /// <summary>Members that may not vote on that day, whatever their position.</summary>
    public required int? Ineligible { get; init; }

    /// <summary>The members of that day.</summary>
    public required int Members { get; init; }

    /// <summary>The members that may vote.</summary>
    public required int? Eligible { get; init; }

    /// <summary>V = Y + N (rule 86).</summary>
    public required int? PresentAndVoting { get; init; }

    /// <summary>The yes votes needed at this V, at least 1.</summary>
    public required int? Required { get; init; }

    /// <summary>M: Y − 2N under two thirds, Y − N under a simple majority.</summary>
    public required int? Margin { get; init; }

    /// <summary>The quorum for a decision (rule 67); it does not affect `reached`.</summary>
    public required Quorum Quorum { get; init; }

    /// <summary>States that have signed as co-sponsors, observers included.</summary>
    public required int CoSponsors { get; init; }

    /// <summary>The tally in words.</summary>
    public required Sentence Sentence { get; init; }

    /// <summary>Counts the standings.</summary>
    public static Tally FromStandings(Standings standings, Counting counting = Counting.All) =>
        standings.Basis switch
        {
            Basis.Stances => FromStances(standings, counting),
            Basis.RecordedVotes => FromRecord(standings, counting),
            Basis.Announced => FromAnnounced(standings, counting),
            _ => Empty(standings, counting),
        };

    private static Tally FromStances(Standings standings, Counting counting)
    {
        var count = VoteCount.FromBallots(standings.Ballots, counting);
        return FromCount(standings, counting, count) with
        {
            Outlook = standings.Rule.Outlook(count.Yes, count.No, count.Open),
            Quorum = Quorum.Before(count.Members, count.Present, count.Open),
            Sentence = Sentence.Before(standings.Rule, count.Yes, count.No),
        };
    }

    private static Tally FromRecord(Standings standings, Counting counting)
    {
        var count = VoteCount.FromBallots(standings.Ballots);
        return FromCount(standings, counting, count) with
        {
            Outlook = standings.Rule.Outlook(count.Yes, count.No, open: 0),
            Quorum = Quorum.After(count.Members, count.Present),
            Sentence = Sentence.After(standings.Rule, count.Yes, count.No),
        };
    }

    private static Tally FromAnnounced(Standings standings, Counting counting)
    {
        var announced =
            standings.Announced ?? throw new InvalidOperationException("A tally of announced totals needs the totals.");
        var members = standings.RecordedMembers ?? standings.Members.Count;
        var count = new VoteCount { Yes = announced.Yes, No = announced.No };
        return FromCount(standings, counting, count) with
        {
            Abstain = announced.Abstain,
            Absent = announced.NonVoting,
            Members = members,
            Eligible = members,
            Outlook = standings.Rule.Outlook(count.Yes, count.No, open: 0),
            Quorum = Quorum.After(members, announced.Yes + announced.No + announced.Abstain),
            Sentence = Sentence.After(standings.Rule, count.Yes, count.No),
        };
    }

    private static Tally FromCount(Standings standings, Counting counting, VoteCount count) =>
        Empty(standings, counting) with
        {
            Reached = standings.Rule.Reached(count.Yes, count.No),
            Yes = count.Yes,
            No = count.No,
            Abstain = count.Abstain,
            Absent = count.Absent,
            Undecided = count.Undecided,
            Unknown = count.Unknown,
            Ineligible = count.Ineligible,
            Members = count.Members,
            Eligible = count.Eligible,
            PresentAndVoting = count.PresentAndVoting,
            Required = standings.Rule.Required(count.PresentAndVoting),
            Margin = standings.Rule.Margin(count.Yes, count.No),
        };

    private static Tally Empty(Standings standings, Counting counting) =>
        new()
        {
            Resolution = standings.Resolution,
            AsOf = standings.AsOf,
            Version = standings.Version,
            Counting = counting,
            Basis = standings.Basis,
            Rule = standings.Rule,
            Reached = null,
            Outlook = null,
            Yes = null,
            No = null,
            Abstain = null,
            Absent = null,
            Undecided = null,
            Unknown = null,
            Ineligible = null,
            Members = standings.Members.Count,
            Eligible = null,
            PresentAndVoting = null,
            Required = null,
            Margin = null,
            Quorum = Quorum.After(standings.Members.Count, present: null),
            CoSponsors = standings.CoSponsors.Count,
            Sentence = Sentence.None(standings.Status),
        };
}
