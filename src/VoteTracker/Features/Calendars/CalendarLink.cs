namespace VoteTracker.Features.Calendars;

/// <summary>What a calendar has.</summary>
public enum CalendarKind
{
    /// <summary>The tasks of the holder of a key, the milestones of all resolutions, and the votes.</summary>
    Personal,

    /// <summary>The public milestones of one public resolution, and its vote.</summary>
    Resolution,
}

/// <summary>A link to a calendar, which programs read without a key. Its address is not stored.</summary>
public sealed record CalendarLink
{
    /// <summary>Its id, which is not secret.</summary>
    public required string Id { get; init; }

    /// <summary>What the calendar has.</summary>
    public required CalendarKind Kind { get; init; }

    /// <summary>The resolution's id; null for a personal calendar.</summary>
    public required string? Resolution { get; init; }

    /// <summary>When it was created; UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The label of the key that created it. A personal calendar belongs to it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it was revoked; null if it was not.</summary>
    public required DateTimeOffset? RevokedAt { get; init; }
}

/// <summary>A new link with its address, which is shown once.</summary>
public sealed record NewCalendarLink
{
    /// <summary>Its id, which is not secret.</summary>
    public required string Id { get; init; }

    /// <summary>The address for calendar programs. Only the hash of its secret is stored, so it cannot be shown again.</summary>
    public required string Url { get; init; }

    /// <summary>What the calendar has.</summary>
    public required CalendarKind Kind { get; init; }

    /// <summary>The resolution's id; null for a personal calendar.</summary>
    public required string? Resolution { get; init; }

    /// <summary>When it was created; UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The label of the key that created it.</summary>
    public required string CreatedBy { get; init; }
}
