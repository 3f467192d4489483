using System.Text.Json.Serialization;

namespace VoteTracker.Voting.Rules;

/// <summary>Where a member state stands on a resolution before the vote. The five words and `unknown` are never merged.</summary>
public enum Position
{
    /// <summary>Nobody has recorded anything.</summary>
    Unknown,

    /// <summary>Will vote in favour.</summary>
    Yes,

    /// <summary>Will vote against.</summary>
    No,

    /// <summary>Will be there and abstain; who abstains is not voting (rule 86).</summary>
    Abstain,

    /// <summary>Will not be in the hall, or will not press a button.</summary>
    Absent,

    /// <summary>Was asked, and has not made up its mind.</summary>
    Undecided,
}

/// <summary>How firm a position is.</summary>
public enum Certainty
{
    /// <summary>Said by somebody who can bind the delegation.</summary>
    Confirmed,

    /// <summary>Several signs agree.</summary>
    Likely,

    /// <summary>One sign, or only the past.</summary>
    Leaning,
}

/// <summary>What a stance rests on.</summary>
public enum Evidence
{
    /// <summary>Said in public: a statement, an explanation of vote, a press release.</summary>
    PublicStatement,

    /// <summary>Written from government to government.</summary>
    NoteVerbale,

    /// <summary>Said to us, face to face.</summary>
    Meeting,

    /// <summary>Said to us on the telephone.</summary>
    Call,

    /// <summary>Somebody else told us.</summary>
    SecondHand,

    /// <summary>How the member voted on an earlier text.</summary>
    PastVote,
}

/// <summary>What the Assembly's record shows of a member in a recorded vote.</summary>
public enum Vote
{
    /// <summary>In favour.</summary>
    Yes,

    /// <summary>Against.</summary>
    No,

    /// <summary>Abstained.</summary>
    Abstain,

    /// <summary>Absent, or without the right to vote: the record does not tell which.</summary>
    NonVoting,
}

/// <summary>Why a member may not vote for a while.</summary>
public enum IneligibilityReason
{
    /// <summary>In arrears of its contributions (Charter, Article 19).</summary>
    [JsonStringEnumMemberName("article-19")]
    Article19,

    /// <summary>Its representatives' credentials were not accepted (rules 27 to 29).</summary>
    Credentials,

    /// <summary>Anything else; the note says what.</summary>
    Other,
}
