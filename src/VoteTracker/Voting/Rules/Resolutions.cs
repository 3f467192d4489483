namespace VoteTracker.Voting.Rules;

/// <summary>The kind of a resolution that is put to the vote.</summary>
public enum ResolutionKind
{
    /// <summary>A complete resolution, before and after adoption.</summary>
    Draft,

    /// <summary>A proposed change of a draft (rule 90).</summary>
    Amendment,

    /// <summary>A part of a draft that is put to a separate vote (rule 89).</summary>
    Paragraph,

    /// <summary>A procedural motion (rules 71 to 79).</summary>
    Motion,
}

/// <summary>The status of a resolution according to the Assembly. It is never computed from votes.</summary>
public enum ResolutionStatus
{
    /// <summary>The draft is being written.</summary>
    Drafting,

    /// <summary>Submitted to the Secretariat and circulated (rule 78).</summary>
    Tabled,

    /// <summary>Adopted by a vote.</summary>
    Adopted,

    /// <summary>Adopted by consensus, because no member requested a vote.</summary>
    AdoptedWithoutVote,

    /// <summary>Put to the vote and not adopted.</summary>
    NotAdopted,

    /// <summary>Withdrawn by its sponsors before the vote (rule 80).</summary>
    Withdrawn,
}

/// <summary>What is public of a resolution.</summary>
public enum Visibility
{
    /// <summary>Nothing.</summary>
    Private,

    /// <summary>The resolution, its tally and breakdown, and the co-sponsors that have signed.</summary>
    Tally,

    /// <summary>Also the current position of each member, and its moves, without certainty, authors and evidence.</summary>
    Positions,
}

/// <summary>What a tally counts.</summary>
public enum Basis
{
    /// <summary>The recorded stances of the members; before the vote.</summary>
    Stances,

    /// <summary>The votes in the Assembly's roll call; after the vote.</summary>
    RecordedVotes,

    /// <summary>The totals that the President announced, if the votes of the members are not known.</summary>
    Announced,

    /// <summary>Nothing: adopted without a vote, or withdrawn.</summary>
    None,
}

/// <summary>The stances that a tally counts under their position.</summary>
public enum Counting
{
    /// <summary>All of them.</summary>
    All,

    /// <summary>Only confirmed ones. A stance of lesser certainty counts as undecided.</summary>
    Confirmed,
}

/// <summary>The progress of a state towards signing as a co-sponsor.</summary>
public enum CoSponsorStatus
{
    /// <summary>The campaign wants it as a co-sponsor.</summary>
    Wanted,

    /// <summary>The state was asked.</summary>
    Approached,

    /// <summary>The state has agreed and has not signed.</summary>
    Committed,

    /// <summary>The state is on the list of sponsors.</summary>
    Signed,

    /// <summary>The state has withdrawn its name.</summary>
    Withdrawn,
}

/// <summary>The list of sponsors that a state is on.</summary>
public enum CoSponsorRole
{
    /// <summary>A sponsor when the resolution was submitted.</summary>
    Main,

    /// <summary>A sponsor that joined later.</summary>
    Additional,
}
