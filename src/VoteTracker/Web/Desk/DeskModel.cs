using VoteTracker.Features.ApiKeys;
using VoteTracker.Features.Resolutions;
using VoteTracker.Features.Stances;
using VoteTracker.Features.Views;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Web.Desk;

/// <summary>What the whip sheet of a resolution shows.</summary>
public sealed record DeskModel
{
    /// <summary>The resolution.</summary>
    public required Resolution Resolution { get; init; }

    /// <summary>The tally.</summary>
    public required Tally Tally { get; init; }

    /// <summary>The name of the state that is shown, for the live updates.</summary>
    public required string StateName { get; init; }

    /// <summary>The member states, or those that the request names.</summary>
    public required IReadOnlyList<DeskRow> Rows { get; init; }

    /// <summary>The keys of the groups that the members are in.</summary>
    public required IReadOnlyList<string> Groups { get; init; }

    /// <summary>The team members, for the fields that name one; empty for a reader who assigns nothing.</summary>
    public required IReadOnlyList<TeamMember> Team { get; init; }

    /// <summary>The labels of the team members to whom states are assigned, and of those who can be.</summary>
    public required IReadOnlyList<string> Assignees { get; init; }

    /// <summary>The saved views of the reader, then those that others share; null for a reader who has none.</summary>
    public required IReadOnlyList<SavedView>? Views { get; init; }

    /// <summary>The place in the feed of changes up to which the rows are current.</summary>
    public required string Cursor { get; init; }

    /// <summary>The current day in New York.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>Whether the reader may record stances, and the vote is not over.</summary>
    public required bool IsEditable { get; init; }
}

/// <summary>A member state on the whip sheet.</summary>
public sealed record DeskRow
{
    /// <summary>Its stance.</summary>
    public required Stance Stance { get; init; }

    /// <summary>Whether it may vote on the day of the vote.</summary>
    public required bool IsEligible { get; init; }

    /// <summary>The keys of its groups.</summary>
    public required IReadOnlyList<string> Groups { get; init; }

    /// <summary>What there is to do about it.</summary>
    public required DeskWork Work { get; init; }

    /// <summary>Its names in all languages and its code, as a search compares them.</summary>
    public required string FoldedNames { get; init; }
}

/// <summary>What there is to do about a member state. Scripts read it as JSON.</summary>
public sealed record DeskWork
{
    /// <summary>The team member who is responsible; null if it is not assigned.</summary>
    public required string? Assignee { get; init; }

    /// <summary>The version of the assignment; null if it is not assigned.</summary>
    public required long? Assignment { get; init; }

    /// <summary>The number of open tasks.</summary>
    public required int Open { get; init; }

    /// <summary>The number of tasks whose day is over.</summary>
    public required int Overdue { get; init; }

    /// <summary>The number of comments.</summary>
    public required int Comments { get; init; }

    /// <summary>The day of the last engagement; null if there was none.</summary>
    public required DateOnly? LastOn { get; init; }
}
