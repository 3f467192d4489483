using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.MemberStates;

/// <summary>An entry that a member may not vote from one day to another, both included. Coordinators enter it.</summary>
public sealed record Ineligibility
{
    /// <summary>The member state's code.</summary>
    public required string MemberState { get; init; }

    /// <summary>The first day, New York's.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last day; null if it is not known.</summary>
    public required DateOnly? Until { get; init; }

    /// <summary>The reason.</summary>
    public required IneligibilityReason Reason { get; init; }

    /// <summary>A note. Viewers and up.</summary>
    public required string? Note { get; init; }

    /// <summary>The part of the entry that this caller may see.</summary>
    internal Ineligibility For(Caller caller) => caller.May(Right.SeeNotes) ? this : this with { Note = null };
}
