using VoteTracker.Database;
using VoteTracker.Database.Encryption;
using VoteTracker.Features.Engagements;

namespace VoteTracker.Features.Tasks;

/// <summary>A row of the tasks, or of their history.</summary>
internal sealed record TaskRow
{
    // A task without a due day comes last in a list.
    private static readonly DateOnly NoDay = new(9999, 12, 31);

    public long Id { get; init; }
    public long Version { get; init; }
    public string What { get; init; } = "";
    public string? MemberState { get; init; }
    public string? Resolution { get; init; }
    public string? Contact { get; init; }
    public long? Engagement { get; init; }
    public string? Assignee { get; init; }
    public DateOnly? DueOn { get; init; }
    public DateOnly? DoneOn { get; init; }
    public DateOnly SortOn { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public string CreatedBy { get; init; } = "";
    public DateTimeOffset ChangedAt { get; init; }
    public string ChangedBy { get; init; } = "";
    public bool Confidential { get; init; }

    public DeskTask ToTask(PersonalTexts texts) =>
        new(
            Id,
            new TaskContent
            {
                What = texts.Decrypt(What),
                MemberState = MemberState,
                Resolution = Resolution,
                Contact = Contact,
                Engagement = Engagement,
                Assignee = Assignee,
                DueOn = DueOn,
                DoneOn = DoneOn,
            },
            Version,
            new EngagementAuthors(CreatedBy, CreatedAt, ChangedBy, ChangedAt)
        );

    /// <summary>The day by which a list orders a task.</summary>
    public static DateOnly SortDayOf(TaskContent content) => content.DueOn ?? NoDay;

    public static TaskRow FromContent(long id, TaskContent content, string changedBy, Write write) =>
        new()
        {
            Id = id,
            What = PersonalTexts.Of(write.Connection).Encrypt(content.What),
            MemberState = content.MemberState,
            Resolution = content.Resolution,
            Contact = content.Contact,
            Engagement = content.Engagement,
            Assignee = content.Assignee,
            DueOn = content.DueOn,
            DoneOn = content.DoneOn,
            SortOn = SortDayOf(content),
            CreatedAt = write.Now,
            CreatedBy = changedBy,
            ChangedAt = write.Now,
            ChangedBy = changedBy,
        };
}
