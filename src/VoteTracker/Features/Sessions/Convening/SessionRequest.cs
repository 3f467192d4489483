using System.Text.Json.Serialization;
using FluentValidation;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.Versioned;
using VoteTracker.Security;

namespace VoteTracker.Features.Sessions.Convening;

/// <summary>The request of a member for a session, or its concurrence with the request of another member (rule 9).</summary>
public sealed record SessionRequest : IVersioned
{
    /// <summary>The session's id.</summary>
    public required string Session { get; init; }

    /// <summary>The code of the member state, ISO 3166-1 alpha-3.</summary>
    public required string MemberState { get; init; }

    /// <summary>The day of the request.</summary>
    public required DateOnly RequestedOn { get; init; }

    /// <summary>The symbol or the address of the document.</summary>
    public required string? Document { get; init; }

    /// <summary>A note. Viewers and up.</summary>
    public required string? Note { get; init; }

    /// <summary>The session's version that the last change of the request made; the ETag.</summary>
    public required long Version { get; init; }

    /// <summary>The label of the key that last changed it. Viewers and up.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ChangedBy { get; init; }

    /// <summary>The moment of the last change; UTC.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>The part of it that a caller may see.</summary>
    internal SessionRequest For(Caller caller) =>
        caller.May(Right.SeeSessions) ? this : this with { Note = null, ChangedBy = null };
}

/// <summary>The request of a member for a session.</summary>
public sealed record RecordSessionRequest
{
    /// <summary>The day of the request in New York. The state is a member on that day, and the session has not convened before it. At most a year before the session opened or was added.</summary>
    public DateOnly? RequestedOn { get; init; }

    /// <summary>The symbol or the address of the document; 500 characters at most.</summary>
    public string? Document { get; init; }

    /// <summary>A note; 4,000 characters at most. Viewers and up see it.</summary>
    public string? Note { get; init; }
}

internal sealed class RecordSessionRequestValidator : AbstractValidator<RecordSessionRequest>
{
    // The day on which the Charter entered into force.
    private static readonly DateOnly FirstDay = new(1945, 10, 24);

    public RecordSessionRequestValidator()
    {
        RuleFor(r => r.RequestedOn)
            .Required()
            .Must(day => day is null || day >= FirstDay)
            .WithMessage("must be 1945-10-24 or later");
        RuleFor(r => r.Document).Text(500);
        RuleFor(r => r.Note).Text(4_000);
    }
}
