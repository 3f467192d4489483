namespace VoteTracker.Features.Calendars;

/// <summary>An entry of a calendar.</summary>
internal sealed record CalendarEntry
{
    /// <summary>Its name in this database, such as `task-17`.</summary>
    public required string Name { get; init; }

    /// <summary>A number that every change raises.</summary>
    public required int Sequence { get; init; }

    /// <summary>The day in New York.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>The hour in New York; null for an entry of the whole day.</summary>
    public TimeOnly? Hour { get; init; }

    /// <summary>What it is, in the language of the calendar.</summary>
    public required string Summary { get; init; }

    /// <summary>More about it.</summary>
    public string? Description { get; init; }

    /// <summary>The place.</summary>
    public string? Place { get; init; }

    /// <summary>The path of its page.</summary>
    public string? Path { get; init; }

    /// <summary>Whether it no longer takes place, or no longer belongs to this calendar.</summary>
    public bool IsCancelled { get; init; }

    /// <summary>The moment of its last change.</summary>
    public required DateTimeOffset ChangedAt { get; init; }
}

/// <summary>What a calendar has at one moment.</summary>
/// <param name="Link">The id of the link, which is not secret.</param>
/// <param name="Database">The name of the database, which ends the UID of each entry.</param>
/// <param name="Title">The name of the calendar.</param>
/// <param name="IsPrivate">Whether it belongs to one person.</param>
/// <param name="Entries">The entries, in the order of their days.</param>
internal sealed record CalendarContent(
    string Link,
    string Database,
    string Title,
    bool IsPrivate,
    IReadOnlyList<CalendarEntry> Entries
);
