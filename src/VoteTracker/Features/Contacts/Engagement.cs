using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Contacts;

/// <summary>How one talked.</summary>
public enum EngagementKind
{
    /// <summary>Face to face.</summary>
    Meeting,

    /// <summary>On the telephone.</summary>
    Call,

    /// <summary>By a message.</summary>
    Message,

    /// <summary>By a letter.</summary>
    Letter,

    /// <summary>From government to government, in writing.</summary>
    NoteVerbale,

    /// <summary>At an event.</summary>
    Event,
}

/// <summary>One talk, letter, call or event with a contact, with its outcome and next step.</summary>
public sealed record Engagement
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>The contact's id.</summary>
    public required string Contact { get; init; }

    /// <summary>How one talked.</summary>
    public required EngagementKind Kind { get; init; }

    /// <summary>The day, New York's.</summary>
    public required DateOnly On { get; init; }

    /// <summary>What was said.</summary>
    public required string Summary { get; init; }

    /// <summary>What came of it.</summary>
    public required string? Outcome { get; init; }

    /// <summary>What comes next.</summary>
    public required string? NextStep { get; init; }

    /// <summary>The day by which that is due.</summary>
    public required DateOnly? DueOn { get; init; }

    /// <summary>The label of the key that logged it.</summary>
    public required string ChangedBy { get; init; }

    /// <summary>When; UTC.</summary>
    public required DateTimeOffset ChangedAt { get; init; }
}

/// <summary>An engagement as it is read.</summary>
internal sealed record EngagementRow
{
    public const string Columns =
        "id, contact, kind, on_day, summary, outcome, next_step, due_on, changed_by, changed_at";

    public long Id { get; init; }
    public string Contact { get; init; } = "";
    public string Kind { get; init; } = "";
    public DateOnly OnDay { get; init; }
    public string Summary { get; init; } = "";
    public string? Outcome { get; init; }
    public string? NextStep { get; init; }
    public DateOnly? DueOn { get; init; }
    public string ChangedBy { get; init; } = "";
    public DateTimeOffset ChangedAt { get; init; }

    public Engagement Engagement =>
        new()
        {
            Id = Id,
            Contact = Contact,
            Kind = EnumWord<EngagementKind>.Parse(Kind),
            On = OnDay,
            Summary = Summary,
            Outcome = Outcome,
            NextStep = NextStep,
            DueOn = DueOn,
            ChangedBy = ChangedBy,
            ChangedAt = ChangedAt,
        };
}
