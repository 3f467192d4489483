namespace VoteTracker.Features.Tasks;

/// <summary>Which tasks a list has; null for all.</summary>
internal sealed record TaskFilter
{
    public string? MemberState { get; init; }
    public string? Resolution { get; init; }
    public string? Contact { get; init; }
    public long? Engagement { get; init; }
    public string? Assignee { get; init; }
    public TaskProgress? Status { get; init; }
    public DateOnly? DueBefore { get; init; }

    /// <summary>Only tasks whose day is not over, or that have none.</summary>
    public bool IsNotOverdue { get; init; }

    /// <summary>The day in New York: a task of an earlier day is overdue.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>The conditions of the filter, of what the caller can see, and of the page.</summary>
    public IEnumerable<string> Conditions(string visible, bool isContinued)
    {
        (bool Applies, string Condition)[] all =
        [
            (true, "t.sort_on IS NOT NULL"),
            (MemberState is not null, "t.member_state = @MemberState"),
            (Resolution is not null, "t.resolution = @Resolution"),
            (Contact is not null, "t.contact = @Contact"),
            (Engagement is not null, "t.engagement = @Engagement"),
            (Assignee is not null, "t.assignee = @Assignee"),
            (Status == TaskProgress.Done, "t.done_on IS NOT NULL"),
            (Status is TaskProgress.Open or TaskProgress.Overdue, "t.done_on IS NULL"),
            (Status == TaskProgress.Overdue, "t.sort_on < @Today"),
            (DueBefore is not null, "t.sort_on < @DueBefore AND t.due_on IS NOT NULL"),
            (IsNotOverdue, "t.sort_on >= @Today"),
            (isContinued, "(t.sort_on, t.id) > (@day, @id)"),
            (true, visible),
        ];
        return all.Where(c => c.Applies).Select(c => c.Condition);
    }
}
