using VoteTracker.Database;
using VoteTracker.Database.Encryption;
using VoteTracker.Features.Contacts;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Engagements;

/// <summary>A row of the engagements, or of their history.</summary>
internal sealed record EngagementRow
{
    public long Id { get; init; }
    public long Version { get; init; }
    public string MemberState { get; init; } = "";
    public string Contacts { get; init; } = "";
    public string? Resolution { get; init; }
    public string Kind { get; init; } = "";
    public DateOnly OnDay { get; init; }
    public string Summary { get; init; } = "";
    public string? Outcome { get; init; }
    public string? Assignee { get; init; }
    public bool Confidential { get; init; }
    public DateOnly? DueOn { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public string CreatedBy { get; init; } = "";
    public DateTimeOffset ChangedAt { get; init; }
    public string ChangedBy { get; init; } = "";

    public StateEngagement ToEngagement(PersonalTexts texts) =>
        new(
            Id,
            new EngagementContent
            {
                MemberState = MemberState,
                Contacts = Contacts.Split(' ', StringSplitOptions.RemoveEmptyEntries),
                Resolution = Resolution,
                Kind = EnumWord<EngagementKind>.Parse(Kind),
                On = OnDay,
                Summary = texts.Decrypt(Summary),
                Outcome = texts.Decrypt(Outcome),
                Assignee = Assignee,
                Confidential = Confidential,
            },
            Version,
            new EngagementAuthors(CreatedBy, CreatedAt, ChangedBy, ChangedAt)
        );

    public static EngagementRow FromContent(long id, EngagementContent content, string changedBy, Write write)
    {
        var (texts, at) = (PersonalTexts.Of(write.Connection), write.Now);
        return new()
        {
            Id = id,
            MemberState = content.MemberState,
            Contacts = string.Join(' ', content.Contacts),
            Resolution = content.Resolution,
            Kind = EnumWord<EngagementKind>.ToWord(content.Kind),
            OnDay = content.On,
            Summary = texts.Encrypt(content.Summary),
            Outcome = texts.Encrypt(content.Outcome),
            Assignee = content.Assignee,
            Confidential = content.Confidential,
            CreatedAt = at,
            CreatedBy = changedBy,
            ChangedAt = at,
            ChangedBy = changedBy,
        };
    }
}
