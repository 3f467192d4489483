using VoteTracker.Features.MemberStates;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Stances;

/// <summary>A stance with everything that a change of it depends on, from one statement.</summary>
internal sealed record StanceForUpdate
{
    /// <summary>The current stance.</summary>
    public required Stance Stance { get; init; }

    /// <summary>The status of the resolution.</summary>
    public required ResolutionStatus Status { get; init; }

    /// <summary>Whether the vote has taken place. Then only the record counts, and no stance changes.</summary>
    public required bool IsVoteOver { get; init; }

    /// <summary>The day of the vote; null if it is not set.</summary>
    public required DateOnly? VoteOn { get; init; }

    /// <summary>The days of the member's ineligibility; null if none is entered.</summary>
    public required Spell? IneligibleOn { get; init; }

    /// <summary>The reason for the ineligibility.</summary>
    public required IneligibilityReason? IneligibilityReason { get; init; }

    /// <summary>Why the member may not vote on the day of the vote; null if it may.</summary>
    public VoteExclusion? FindExclusion(Seat seat, DateTimeOffset now) =>
        VoteExclusion.Find(seat, VoteOn ?? NewYork.DayOf(now), IneligibleOn, IneligibilityReason);
}
