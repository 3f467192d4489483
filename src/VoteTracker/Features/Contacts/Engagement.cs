using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Contacts;

/// <summary>The kind of an engagement.</summary>
public enum EngagementKind
{
    /// <summary>A meeting in person.</summary>
    Meeting,

    /// <summary>A telephone call.</summary>
    Call,

    /// <summary>A message.</summary>
    Message,

    /// <summary>A letter.</summary>
    Letter,

    /// <summary>A diplomatic note from one government to another.</summary>
    NoteVerbale,

    /// <summary>An event.</summary>
    Event,

    /// <summary>A public demonstration.</summary>
    Demonstration,
}

/// <summary>One meeting, call, letter, message or event with a contact, with its outcome and next step.</summary>
public sealed record Engagement
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>The contact's id.</summary>
    public required string Contact { get; init; }

    /// <summary>The kind of an engagement.</summary>
    public required EngagementKind Kind { get; init; }

    /// <summary>The day in New York.</summary>
    public required DateOnly On { get; init; }

    /// <summary>A summary.</summary>
    public required string Summary { get; init; }

    /// <summary>The outcome.</summary>
    public required string? Outcome { get; init; }

    /// <summary>The next step: the first task of the engagement.</summary>
    public required string? NextStep { get; init; }

    /// <summary>The day by which the next step is due.</summary>
    public required DateOnly? DueOn { get; init; }

    /// <summary>The label of the key that logged it.</summary>
    public required string ChangedBy { get; init; }

    /// <summary>The moment it was logged; UTC.</summary>
    public required DateTimeOffset ChangedAt { get; init; }
}
