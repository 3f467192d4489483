using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Stances.Undo;

/// <summary>The changes of a revert of an import, or of a dry run.</summary>
public sealed record StanceImportRevert
{
    /// <summary>The import's id.</summary>
    public required string Import { get; init; }

    /// <summary>The resolution's id.</summary>
    public required string Resolution { get; init; }

    /// <summary>Whether it was a dry run, which changes nothing.</summary>
    public required bool DryRun { get; init; }

    /// <summary>The stances that get the content that they had before the import.</summary>
    public required IReadOnlyList<RestoredStance> Changes { get; init; }

    /// <summary>The assignments that get the assignee from before the import.</summary>
    public required IReadOnlyList<RestoredAssignee> Assignments { get; init; }

    /// <summary>The number of stances that have that content already.</summary>
    public required int Unchanged { get; init; }

    /// <summary>The stances that stay as they are, with `skipChanged`; otherwise empty.</summary>
    public required IReadOnlyList<StanceRevertConflict> Skipped { get; init; }

    /// <summary>The tally before.</summary>
    public required Tally Before { get; init; }

    /// <summary>The tally after.</summary>
    public required Tally After { get; init; }

    /// <summary>Whether the result turns: the majority is reached before or after, but not both.</summary>
    public required bool Turns { get; init; }
}

/// <summary>A stance that a revert restores.</summary>
public sealed record RestoredStance
{
    /// <summary>The member state's code.</summary>
    public required string MemberState { get; init; }

    /// <summary>The version whose content it gets; 0 for `unknown`.</summary>
    public required long Restored { get; init; }

    /// <summary>The fields that change.</summary>
    public required IReadOnlyList<StanceFieldChange> Fields { get; init; }
}

/// <summary>A stance that a revert of an import cannot restore.</summary>
public sealed record StanceRevertConflict
{
    /// <summary>The member state's code.</summary>
    public required string MemberState { get; init; }

    /// <summary>The reason.</summary>
    public required StanceConflictKind Why { get; init; }

    /// <summary>The reason as a sentence.</summary>
    public required string Detail { get; init; }

    /// <summary>The current stance.</summary>
    public required Stance Current { get; init; }
}
