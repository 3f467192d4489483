using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Sessions;

/// <summary>A row of a session. Without a status, it follows from the kind, the number and the dates.</summary>
internal sealed record SessionRow
{
    public string Id { get; init; } = "";
    public int Number { get; init; }
    public bool Emergency { get; init; }
    public DateOnly? OpenedOn { get; init; }
    public DateOnly? ClosedOn { get; init; }
    public string Subject { get; init; } = "";
    public string? CalledBy { get; init; }
    public string Kind { get; init; } = "";
    public string? Status { get; init; }
    public string? Resumes { get; init; }
    public string? Authority { get; init; }
    public long Version { get; init; }
    public string? ChangedBy { get; init; }
    public DateTimeOffset? ChangedAt { get; init; }
    public int Resolutions { get; init; }

    public static SessionRow FromSession(Session session) =>
        new()
        {
            Id = session.Id,
            Number = session.Number,
            Emergency = session.Emergency,
            OpenedOn = session.OpenedOn,
            ClosedOn = session.ClosedOn,
            Subject = session.Subject,
            CalledBy = session.CalledBy,
            Kind = EnumWord<SessionKind>.ToWord(session.Kind),
            Status = EnumWord<SessionStatus>.ToWord(session.Status),
            Resumes = session.Resumes,
            Authority = session.Authority,
        };

    public Session ToSession(DateTimeOffset now)
    {
        var kind = EnumWord<SessionKind>.Parse(Kind);
        return new Session
        {
            Id = Id,
            Number = Number,
            Emergency = Emergency,
            OpenedOn = OpenedOn,
            ClosedOn = ClosedOn,
            Subject = Subject,
            CalledBy = CalledBy,
            Kind = kind,
            Status = Status is null
                ? Session.DeriveStatus(kind, Number, ClosedOn, now)
                : EnumWord<SessionStatus>.Parse(Status),
            Resumes = Resumes,
            Authority = Authority,
            Resolutions = Resolutions,
            Version = Version,
            ChangedBy = ChangedBy,
            ChangedAt = ChangedAt,
        };
    }
}
