using VoteTracker.Features.Assignments;

namespace VoteTracker.Features.Stances.Undo;

/// <summary>An assignment that an import changed.</summary>
public sealed record ImportedAssignee
{
    /// <summary>The code of the state.</summary>
    public required string MemberState { get; init; }

    /// <summary>The version of the assignment that the change made.</summary>
    public required long Version { get; init; }

    /// <summary>The label before; null if the state was not assigned.</summary>
    public required string? From { get; init; }

    /// <summary>The label after.</summary>
    public required string? To { get; init; }

    internal static ImportedAssignee FromChange(ImportedAssignment change) =>
        new()
        {
            MemberState = change.MemberState,
            Version = change.Version,
            From = change.Before,
            To = change.After,
        };
}

/// <summary>An assignment that a revert restores.</summary>
public sealed record RestoredAssignee
{
    /// <summary>The code of the state.</summary>
    public required string MemberState { get; init; }

    /// <summary>The label that is replaced.</summary>
    public required string? From { get; init; }

    /// <summary>The label from before the import; null if the state was not assigned.</summary>
    public required string? To { get; init; }
}
