using System.Text.Json.Serialization;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Gaps;

/// <summary>Something that is missing about a member state before the vote.</summary>
public enum GapKind
{
    /// <summary>The state is not assigned to a team member.</summary>
    NoAssignee,

    /// <summary>No contact with the state is recorded.</summary>
    NeverContacted,

    /// <summary>The last contact is older than the setting `NotContactedAfterDays`.</summary>
    NotContactedLately,

    /// <summary>An open task about the state was due before today in New York.</summary>
    OverdueTask,

    /// <summary>The evidence of the position is `second-hand`.</summary>
    SecondHandOnly,

    /// <summary>A confirmed position without a public statement, a note verbale, or two engagements recorded by different people.</summary>
    ConfirmedOnOneSource,

    /// <summary>The evidence of the position is older than its half-life.</summary>
    EvidenceFaded,

    /// <summary>The state has signed or committed as a co-sponsor, and its position is not yes.</summary>
    CoSponsorNotYes,

    /// <summary>The position is yes, and the state was not asked to co-sponsor.</summary>
    YesNotAskedToCoSponsor,

    /// <summary>Different people recorded different positions within a week.</summary>
    ConflictingReports,

    /// <summary>Only the mission was contacted, and the position is undecided or unknown.</summary>
    CapitalNotContacted,
}

/// <summary>A gap of a member state.</summary>
public sealed record Gap
{
    /// <summary>The kind.</summary>
    public required GapKind Kind { get; init; }

    /// <summary>The first day of the gap in New York; left out if it has no first day.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? Since { get; init; }

    /// <summary>The facts behind it, as a sentence in English.</summary>
    public required string Detail { get; init; }
}

/// <summary>The gaps of a member state.</summary>
public sealed record StateGaps
{
    /// <summary>The member's code, ISO 3166-1 alpha-3.</summary>
    public required string MemberState { get; init; }

    /// <summary>The name of the state, in the language of the response.</summary>
    public StateName Name => new(MemberState);

    /// <summary>The label of the team member that the state is assigned to; null if it is not assigned.</summary>
    public required string? Assignee { get; init; }

    /// <summary>The position.</summary>
    public required Position Position { get; init; }

    /// <summary>The most that another vote of the state would move the margin, up or down; 0 if the rule is not recorded.</summary>
    public required int Effect { get; init; }

    /// <summary>The gaps, in the order of their kinds.</summary>
    public required IReadOnlyList<Gap> Gaps { get; init; }
}
