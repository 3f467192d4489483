namespace VoteTracker.Features.Lists;

/// <summary>The change of one line of a list.</summary>
public sealed record LineChange
{
    /// <summary>Its number in the file; the first line is 1.</summary>
    public required long Line { get; init; }

    /// <summary>The code of the state.</summary>
    public required string MemberState { get; init; }

    /// <summary>The cells that change something.</summary>
    public required IReadOnlyList<FieldChange> Fields { get; init; }
}

/// <summary>A cell that changes something.</summary>
public sealed record FieldChange
{
    /// <summary>The column.</summary>
    public required string Field { get; init; }

    /// <summary>The value before.</summary>
    public required string? From { get; init; }

    /// <summary>The value after.</summary>
    public required string? To { get; init; }
}
