using System.Text.Json.Serialization;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Sessions;

/// <summary>An emergency special, special or regular session of the Assembly, or the resumption of one.</summary>
public sealed record Session
{
    /// <summary>
    /// Its id: `es-10`, `s-10` for a special session, or the number of a regular session, `78`. The id of a resumption is
    /// chosen, such as `es-10-2026`.
    /// </summary>
    public required string Id { get; init; }

    /// <summary>Its number among the sessions of its kind; of a resumption, the number of the session that it resumes.</summary>
    public required int Number { get; init; }

    /// <summary>Whether it is an emergency special session (Uniting for Peace, resolution 377 A (V)).</summary>
    public required bool Emergency { get; init; }

    /// <summary>The day of its first meeting; null if it is not known. Before it has convened, the planned day.</summary>
    public required DateOnly? OpenedOn { get; init; }

    /// <summary>The day it was closed; null if it is not known, or the session is adjourned and can be resumed.</summary>
    public required DateOnly? ClosedOn { get; init; }

    /// <summary>Its subject.</summary>
    public required string Subject { get; init; }

    /// <summary>The body or states that requested it.</summary>
    public required string? CalledBy { get; init; }

    /// <summary>Its kind, which decides how it convenes.</summary>
    public required SessionKind Kind { get; init; }

    /// <summary>How far it is. Viewers and up see sessions that are `requested` or `withdrawn`; regular ones are public.</summary>
    public required SessionStatus Status { get; init; }

    /// <summary>The id of the adjourned session that a resumption resumes; null for all other kinds.</summary>
    public required string? Resumes { get; init; }

    /// <summary>The document that authorises the President to resume the session; null if it is not recorded.</summary>
    public required string? Authority { get; init; }

    /// <summary>The number of its resolutions that the caller may see: `GET /v1/resolutions?session=` lists them.</summary>
    public required int Resolutions { get; init; }

    /// <summary>
    /// Its version, which every change of the session, its requests and its vote in the Council raises; the ETag. 0 for a
    /// regular session that nobody has changed and that has no resolution.
    /// </summary>
    public required long Version { get; init; }

    /// <summary>The label of the key that last changed its fields. Viewers and up.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ChangedBy { get; init; }

    /// <summary>The moment of the last change of its fields; UTC. Viewers and up.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>Whether it has convened, also if it is closed by now.</summary>
    internal bool HasConvened => Status is SessionStatus.Convened or SessionStatus.Closed;

    /// <summary>Its place in a list: emergency special, then regular, then special sessions, by their numbers.</summary>
    internal string Place =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{(Emergency ? 0 : Id.StartsWith("s-", StringComparison.Ordinal) ? 2 : 1)} {Number:D6} {Id}"
        );

    /// <summary>Creates a session from its name, without dates.</summary>
    internal static Session FromName(SessionName name, DateTimeOffset now)
    {
        var kind =
            name.Emergency ? SessionKind.NewEmergencySession
            : name.Special ? SessionKind.Special
            : SessionKind.Regular;
        return new Session
        {
            Id = name.Id,
            Number = name.Number,
            Emergency = name.Emergency,
            OpenedOn = null,
            ClosedOn = null,
            Subject = name.Subject,
            CalledBy = null,
            Kind = kind,
            Status = DeriveStatus(kind, name.Number, closedOn: null, now),
            Resumes = null,
            Authority = null,
            Resolutions = 0,
            Version = 0,
        };
    }

    /// <summary>Lists every regular session, from the first to the one that opens next September.</summary>
    internal static IEnumerable<Session> ListRegular(DateTimeOffset now) =>
        Enumerable
            .Range(1, RegularSessions.LastOn(now))
            .Select(number => FromName(SessionName.FromNumber(number), now));

    /// <summary>The status of a session that nobody has set: it follows from the number and the dates.</summary>
    internal static SessionStatus DeriveStatus(SessionKind kind, int number, DateOnly? closedOn, DateTimeOffset now) =>
        closedOn is not null || (kind == SessionKind.Regular && number < RegularSessions.CurrentOn(now))
            ? SessionStatus.Closed
        : kind == SessionKind.Regular && number > RegularSessions.CurrentOn(now) ? SessionStatus.Scheduled
        : SessionStatus.Convened;

    /// <summary>The part of it that a caller may see.</summary>
    internal Session For(Caller caller) =>
        caller.May(Right.SeeSessions) ? this : this with { ChangedBy = null, ChangedAt = null };

    /// <summary>Describes why no vote can take place on a day; null if one can, or the dates are not known.</summary>
    internal string? DescribeWrongDay(DateOnly? day) =>
        Emergency && HasConvened && day < OpenedOn ? $"must not be before the session, which opened on {OpenedOn:O}"
        : day > ClosedOn ? $"must not be after the session, which was closed on {ClosedOn:O}"
        : null;
}
