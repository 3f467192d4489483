using System.Text.Json.Serialization;

namespace VoteTracker.Voting.Rules;

/// <summary>The position of a member state on a resolution before the vote. The five words and `unknown` are never merged.</summary>
public enum Position
{
    /// <summary>No position is recorded.</summary>
    Unknown,

    /// <summary>The member will vote in favour.</summary>
    Yes,

    /// <summary>The member will vote against.</summary>
    No,

    /// <summary>The member will be present and abstain. A member that abstains is not voting (rule 86).</summary>
    Abstain,

    /// <summary>The member will not be in the hall, or will not press a button.</summary>
    Absent,

    /// <summary>The member was asked and has not decided.</summary>
    Undecided,
}

/// <summary>How firm a position is.</summary>
public enum Certainty
{
    /// <summary>Stated by a person who can commit the delegation.</summary>
    Confirmed,

    /// <summary>Several signs agree.</summary>
    Likely,

    /// <summary>One sign, or only past votes.</summary>
    Leaning,
}

/// <summary>The basis of a stance.</summary>
public enum Evidence
{
    /// <summary>A public statement, an explanation of vote or a press release.</summary>
    PublicStatement,

    /// <summary>A written communication between governments.</summary>
    NoteVerbale,

    /// <summary>A statement in a meeting.</summary>
    Meeting,

    /// <summary>A statement in a call.</summary>
    Call,

    /// <summary>A report by a third party.</summary>
    SecondHand,

    /// <summary>The vote of the member on an earlier resolution.</summary>
    PastVote,
}

/// <summary>The vote of a member in the Assembly's record.</summary>
public enum Vote
{
    /// <summary>In favour.</summary>
    Yes,

    /// <summary>Against.</summary>
    No,

    /// <summary>Abstained.</summary>
    Abstain,

    /// <summary>Absent, or without the right to vote. The record does not distinguish them.</summary>
    NonVoting,
}

/// <summary>The reason why a member may not vote for a time.</summary>
public enum IneligibilityReason
{
    /// <summary>In arrears of its contributions (Charter, Article 19).</summary>
    [JsonStringEnumMemberName("article-19")]
    Article19,

    /// <summary>Its representatives' credentials were not accepted (rules 27 to 29).</summary>
    Credentials,

    /// <summary>Another reason, given in the note.</summary>
    Other,
}
