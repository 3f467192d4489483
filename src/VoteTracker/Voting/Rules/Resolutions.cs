namespace VoteTracker.Voting.Rules;

/// <summary>What a text put to the vote is.</summary>
public enum ResolutionKind
{
    /// <summary>The whole text, before and after adoption.</summary>
    Draft,

    /// <summary>A change proposed to a text (rule 90).</summary>
    Amendment,

    /// <summary>A part of a text on which a separate vote is taken (rule 89).</summary>
    Paragraph,

    /// <summary>A procedural motion (rules 71 to 79).</summary>
    Motion,
}

/// <summary>What has become of a text: the Assembly's own word, never computed from names.</summary>
public enum ResolutionStatus
{
    /// <summary>Being written.</summary>
    Drafting,

    /// <summary>Handed in to the Secretariat and circulated (rule 78).</summary>
    Tabled,

    /// <summary>Adopted by a vote.</summary>
    Adopted,

    /// <summary>Adopted by consensus: nobody asked for a vote.</summary>
    AdoptedWithoutVote,

    /// <summary>Put to the vote and not adopted.</summary>
    NotAdopted,

    /// <summary>Taken back by its sponsors before the vote (rule 80).</summary>
    Withdrawn,
}

/// <summary>Who may see a resolution without a key.</summary>
public enum Visibility
{
    /// <summary>Nobody.</summary>
    Private,

    /// <summary>Everybody sees the resolution, its tally and breakdown, and who signed as co-sponsor.</summary>
    Tally,

    /// <summary>Everybody also sees who stands where now, and no more than that.</summary>
    Positions,
}

/// <summary>What a tally counts.</summary>
public enum Basis
{
    /// <summary>Where the members stand, as somebody recorded it; before the vote.</summary>
    Stances,

    /// <summary>The names in the Assembly's roll call; after the vote.</summary>
    RecordedVotes,

    /// <summary>The totals the President announced, where no names are known.</summary>
    Announced,

    /// <summary>Nothing: adopted without a vote, or withdrawn.</summary>
    None,
}

/// <summary>Which stances a tally counts as they are.</summary>
public enum Counting
{
    /// <summary>All of them.</summary>
    All,

    /// <summary>Only confirmed ones; a stance of lesser certainty counts as undecided.</summary>
    Confirmed,
}

/// <summary>How far a state is on its way to signing as co-sponsor.</summary>
public enum CoSponsorStatus
{
    /// <summary>We would like to have it.</summary>
    Wanted,

    /// <summary>It was asked.</summary>
    Approached,

    /// <summary>It said yes, and has not signed.</summary>
    Committed,

    /// <summary>It is on the list of sponsors.</summary>
    Signed,

    /// <summary>It took its name off.</summary>
    Withdrawn,
}

/// <summary>Which list of sponsors a state is on.</summary>
public enum CoSponsorRole
{
    /// <summary>Named when the text was handed in.</summary>
    Main,

    /// <summary>Joined afterwards.</summary>
    Additional,
}
