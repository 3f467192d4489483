using System.Text.Json.Serialization;
using VoteTracker.Features.Comments;
using VoteTracker.Features.Gaps;
using VoteTracker.Features.Milestones;
using VoteTracker.Features.Tallies;
using VoteTracker.Features.Tasks;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Digests;

/// <summary>What changed since a moment. It has what the caller may see.</summary>
public sealed record Digest
{
    /// <summary>The first moment; UTC.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>The moment of the digest; UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The resolutions that are open or were open at the first moment, the newest first, 10 at most; or the one that the request names.</summary>
    public required IReadOnlyList<ResolutionDigest> Resolutions { get; init; }

    /// <summary>The comments since then that mention the caller, the newest first. 50 at most. Lobbyists and up.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Comment>? Mentions { get; init; }

    /// <summary>The open tasks of all assignees that are due today in New York. 50 at most. Lobbyists and up.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<DeskTask>? DueTasks { get; init; }

    /// <summary>The open tasks of all assignees whose day is over in New York, the earliest first. 50 at most. Lobbyists and up.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<DeskTask>? OverdueTasks { get; init; }

    /// <summary>The milestones whose day is over in New York and that are not done, the earliest first. 50 at most.</summary>
    public required IReadOnlyList<Milestone> LateMilestones { get; init; }

    /// <summary>The milestones of today and the six days after it that are not done, the earliest first. 50 at most.</summary>
    public required IReadOnlyList<Milestone> NextMilestones { get; init; }

    /// <summary>The names of the lists that have more entries than this digest: `resolutions`, `mentions`, `dueTasks`, `overdueTasks`, `lateMilestones`, `nextMilestones`.</summary>
    public required IReadOnlyList<string> More { get; init; }
}

/// <summary>What changed about one resolution since a moment.</summary>
public sealed record ResolutionDigest
{
    /// <summary>The resolution's id.</summary>
    public required string Resolution { get; init; }

    /// <summary>The document symbol.</summary>
    public required string? Symbol { get; init; }

    /// <summary>The title.</summary>
    public required string Title { get; init; }

    /// <summary>The first moment: that of the digest, or the opening of the resolution if it is later; UTC.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The tally at the first moment.</summary>
    public required Tally Before { get; init; }

    /// <summary>The tally at the moment of the digest.</summary>
    public required Tally After { get; init; }

    /// <summary>The change of the margin: the sum of the effects of all moves. Null if there is no margin before or after.</summary>
    public required int? MarginChange { get; init; }

    /// <summary>The moves, those with the largest effect on the margin first.</summary>
    public required IReadOnlyList<TallyMove> Moves { get; init; }

    /// <summary>The co-sponsors whose status, role or text changed, in the order of their codes.</summary>
    public required IReadOnlyList<CoSponsorMove> CoSponsors { get; init; }

    /// <summary>The gaps that exist now and did not at the first moment, by their possible effect. 100 at most. Lobbyists and up, before the vote.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<GapMove>? GapsOpened { get; init; }

    /// <summary>The gaps that existed at the first moment and no longer do, by their possible effect. 100 at most. Lobbyists and up, before the vote.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<GapMove>? GapsClosed { get; init; }

    /// <summary>The names of the lists that have more entries: `gapsOpened`, `gapsClosed`.</summary>
    public required IReadOnlyList<string> More { get; init; }
}

/// <summary>A change of a co-sponsor between two moments.</summary>
public sealed record CoSponsorMove
{
    /// <summary>The code of the member or observer.</summary>
    public required string MemberState { get; init; }

    /// <summary>The name of the state, in the language of the response.</summary>
    public StateName Name => new(MemberState);

    /// <summary>The status before; null if nothing was recorded.</summary>
    public required CoSponsorStatus? From { get; init; }

    /// <summary>The status after; null if the entry was deleted.</summary>
    public required CoSponsorStatus? To { get; init; }

    /// <summary>The role after; before, if the entry was deleted.</summary>
    public required CoSponsorRole Role { get; init; }

    /// <summary>The text that the state signed or was asked for: `Rev.1`; null is the original text.</summary>
    public required string? TextVersion { get; init; }

    /// <summary>The label of the key that made the last change.</summary>
    public required string ChangedBy { get; init; }

    /// <summary>The moment of the last change; UTC.</summary>
    public required DateTimeOffset ChangedAt { get; init; }
}

/// <summary>A gap that was opened or closed between two moments.</summary>
public sealed record GapMove
{
    /// <summary>The code of the member.</summary>
    public required string MemberState { get; init; }

    /// <summary>The name of the state, in the language of the response.</summary>
    public StateName Name => new(MemberState);

    /// <summary>The label of the team member that the state is assigned to; null if it is not assigned.</summary>
    public required string? Assignee { get; init; }

    /// <summary>How far the state can still move the margin.</summary>
    public required int Effect { get; init; }

    /// <summary>The kind of the gap.</summary>
    public required GapKind Kind { get; init; }

    /// <summary>The first day of the gap in New York; null if it has none.</summary>
    public required DateOnly? Since { get; init; }

    /// <summary>What is missing, in English.</summary>
    public required string Detail { get; init; }
}
