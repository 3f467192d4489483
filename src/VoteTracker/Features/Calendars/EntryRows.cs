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
    public DateTimeOffset ChangedAt { get; init; }
    public DateOnly? VoteOn { get; init; }
}

/// <summary>A milestone of a calendar, also one that was deleted.</summary>
internal sealed record EntryMilestone
{
    public long Id { get; init; }
    public string Resolution { get; init; } = "";
    public string Kind { get; init; } = "";
    public string What { get; init; } = "";
    public DateOnly PlannedOn { get; init; }
    public string? PlannedAt { get; init; }
    public string? Place { get; init; }
    public DateOnly? DoneOn { get; init; }
    public bool IsPublic { get; init; }
    public bool WasPublic { get; init; }
    public long Version { get; init; }
    public DateTimeOffset ChangedAt { get; init; }
    public DateTimeOffset? DeletedAt { get; init; }

    public bool IsVote => Kind == "vote";
}
