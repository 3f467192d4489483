namespace VoteTracker.Features.Calendars;

/// <summary>A resolution of a calendar.</summary>
internal sealed record EntryResolution
{
    public string Id { get; init; } = "";
    public string? Symbol { get; init; }
    public string Title { get; init; } = "";
    public string Status { get; init; } = "";
    public DateOnly? VoteOn { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A change of the fields of a resolution.</summary>
internal sealed record EntryFields
{
    public string Resolution { get; init; } = "";
    public long Version { get; init; }
    public DateTimeOffset ChangedAt { get; init; }
    public DateOnly? VoteOn { get; init; }
    public string Visibility { get; init; } = "";

    public bool IsPrivate => Visibility == "private";
}

/// <summary>
/// A milestone of a calendar. One that is gone was deleted, or hidden from readers without a key: its day, version and moment
/// are then the last ones that they may know.
/// </summary>
internal sealed record EntryMilestone
{
    public long Id { get; init; }
    public string Resolution { get; init; } = "";
    public string Kind { get; init; } = "";
    public string What { get; init; } = "";

    /// <summary>The day of a step. The day of a vote is in the fields of its resolution.</summary>
    public DateOnly PlannedOn { get; init; }

    public string? PlannedAt { get; init; }
    public string? Place { get; init; }
    public DateOnly? DoneOn { get; init; }
    public long Version { get; init; }
    public DateTimeOffset ChangedAt { get; init; }
    public bool IsGone { get; init; }
}
