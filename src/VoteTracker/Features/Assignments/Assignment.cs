using FluentValidation;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.Versioned;

namespace VoteTracker.Features.Assignments;

/// <summary>The team member that a state is assigned to, for one resolution.</summary>
public sealed record Assignment : IVersioned
{
    /// <summary>The resolution's id.</summary>
    public required string Resolution { get; init; }

    /// <summary>The code of the member or observer, ISO 3166-1 alpha-3.</summary>
    public required string MemberState { get; init; }

    /// <summary>The label of the team member's key.</summary>
    public required string Assignee { get; init; }

    /// <summary>Its own version, which every change raises; the ETag.</summary>
    public required long Version { get; init; }

    /// <summary>The label of the key that last changed it.</summary>
    public required string ChangedBy { get; init; }

    /// <summary>The moment of the last change; UTC.</summary>
    public required DateTimeOffset ChangedAt { get; init; }
}

/// <summary>The team member that a state is assigned to.</summary>
public sealed record RecordAssignmentRequest
{
    /// <summary>The label of a valid key, or `me`.</summary>
    public string? Assignee { get; init; }
}

internal sealed class RecordAssignmentValidator : AbstractValidator<RecordAssignmentRequest>
{
    public RecordAssignmentValidator() => RuleFor(a => a.Assignee).Required().Text(64);
}
