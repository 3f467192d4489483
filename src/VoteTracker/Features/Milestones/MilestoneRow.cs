using VoteTracker.Features.Engagements;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Milestones;

/// <summary>A row of the milestones, or of their history.</summary>
internal sealed record MilestoneRow
{
    public long Id { get; init; }
    public string Resolution { get; init; } = "";
    public string Kind { get; init; } = "";
    public string What { get; init; } = "";
    public DateOnly PlannedOn { get; init; }
    public string? PlannedAt { get; init; }
    public string? Place { get; init; }
    public DateOnly? DoneOn { get; init; }
    public string? Note { get; init; }
    public bool IsPublic { get; init; }
    public long Version { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public string CreatedBy { get; init; } = "";
    public DateTimeOffset ChangedAt { get; init; }
    public string ChangedBy { get; init; } = "";

    public Milestone Milestone =>
        new(
            Id,
            Resolution,
            new MilestoneContent
            {
                Kind = EnumWord<MilestoneKind>.Parse(Kind),
                What = What,
                PlannedOn = PlannedOn,
                PlannedAt = PlannedAt,
                Place = Place,
                DoneOn = DoneOn,
                Note = Note,
                Public = IsPublic,
            },
            Version,
            new EngagementAuthors(CreatedBy, CreatedAt, ChangedBy, ChangedAt)
        );

    public static MilestoneRow FromContent(
        long id,
        string resolution,
        MilestoneContent content,
        string changedBy,
        DateTimeOffset at
    ) =>
        new()
        {
            Id = id,
            Resolution = resolution,
            Kind = EnumWord<MilestoneKind>.ToWord(content.Kind),
            What = content.What,
            PlannedOn = content.PlannedOn,
            PlannedAt = content.PlannedAt,
            Place = content.Place,
            DoneOn = content.DoneOn,
            Note = content.Note,
            IsPublic = content.Public,
            CreatedAt = at,
            CreatedBy = changedBy,
            ChangedAt = at,
            ChangedBy = changedBy,
        };
}
