using System.Data.Common;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Database.Encryption;
using VoteTracker.Features.Changes;
using VoteTracker.Security;

namespace VoteTracker.Features.Engagements;

/// <summary>Reads and writes engagements. Over 200 lines because all SQL that names a column of their content is here.</summary>
internal static class EngagementStore
{
    private const string Content = "member_state, resolution, kind, on_day, summary, outcome, assignee, confidential";

    private const string Select = $"""
        SELECT
            id, version, {Content}, created_at, created_by, changed_at, changed_by,
            COALESCE((
                SELECT STRING_AGG(contact, ' ' ORDER BY contact) FROM engagement_contact WHERE engagement = e.id
            ), '') AS contacts
        FROM engagement e
        """;

    /// <summary>Finds an engagement that a caller can see; null if there is none.</summary>
    public static async Task<StateEngagement?> Find(DbConnection connection, long id, Caller caller) =>
        (
            await connection.QuerySingleOrDefaultAsync<EngagementRow>($"{Select} WHERE id = @id", new { id })
        )?.ToEngagement(PersonalTexts.Of(connection))
            is { } engagement
        && engagement.IsVisibleTo(caller)
            ? engagement
            : null;

    /// <summary>Lists a page of the engagements that a caller can see, the newest day first.</summary>
    public static async Task<IEnumerable<StateEngagement>> List(
        DbConnection connection,
        EngagementFilter filter,
        Caller caller,
        (DateOnly Day, long Id)? after,
        int limit
    ) =>
        // Only the conditions that apply, so that the database can use the index of each.
        ToList(
            connection,
            await connection.QueryAsync<EngagementRow>(
                $"""
                {Select}
                WHERE {string.Join(" AND ", filter.Conditions(caller, isContinued: after is not null))}
                ORDER BY on_day DESC, id DESC
                LIMIT @limit
                """,
                new
                {
                    filter.MemberState,
                    filter.Resolution,
                    filter.Contact,
                    filter.Assignee,
                    filter.Kind,
                    filter.From,
                    filter.To,
                    caller.Label,
                    day = after?.Day,
                    id = after?.Id ?? 0,
                    limit,
                }
            )
        );

    /// <summary>Lists a page of the versions of an engagement, the oldest first.</summary>
    public static async Task<IEnumerable<StateEngagement>> ListHistory(
        DbConnection connection,
        long id,
        Caller caller,
        long after,
        int limit
    ) =>
        ToList(
            connection,
            await connection.QueryAsync<EngagementRow>(
                $"""
                SELECT
                    c.engagement AS id, c.version, c.member_state, c.contacts, c.resolution, c.kind, c.on_day, c.summary,
                    c.outcome, c.assignee, c.confidential, e.created_at, e.created_by, c.changed_at, c.changed_by
                FROM engagement_change c
                JOIN engagement e ON e.id = c.engagement
                WHERE c.engagement = @id AND c.version > @after
                    AND {StateEngagement.VisibleTo(caller, "c.confidential", "e.created_by")}
                ORDER BY c.version
                LIMIT @limit
                """,
                new
                {
                    id,
                    after,
                    limit,
                    caller.Label,
                }
            )
        );

    /// <summary>Inserts an engagement, its contacts and its first row of history.</summary>
    /// <param name="write">The write.</param>
    /// <param name="caller">The author.</param>
    /// <param name="content">The content.</param>
    /// <param name="dueOn">A day without a next step, which only the contact's route can have.</param>
    public static async Task<StateEngagement> Insert(
        Write write,
        Caller caller,
        EngagementContent content,
        DateOnly? dueOn = null
    )
    {
        var id = await write.Connection.ExecuteScalarAsync<long>(
            $"""
            INSERT INTO engagement ({Content}, due_on, version, created_at, created_by, changed_at, changed_by)
            VALUES (
                @MemberState, @Resolution, @Kind, @OnDay, @Summary, @Outcome, @Assignee, @Confidential, @DueOn,
                {Incarnation.FirstVersionOfNew}, @CreatedAt, @CreatedBy, @ChangedAt, @ChangedBy
            )
            RETURNING id
            """,
            EngagementRow.FromContent(0, content, caller.Label, write) with
            {
                DueOn = dueOn,
            }
        );
        await InsertContacts(write, id, content);
        return await SaveChange(write, caller, id, content);
    }

    /// <summary>Updates an engagement, and raises its version.</summary>
    public static async Task<StateEngagement> Update(Write write, Caller caller, long id, EngagementContent content)
    {
        var before = (
            await write.Connection.QuerySingleAsync<EngagementRow>($"{Select} WHERE id = @id", new { id })
        ).ToEngagement(PersonalTexts.Of(write.Connection));
        await write.Connection.ExecuteAsync(
            """
            UPDATE engagement
            SET version = version + 1, changed_by = @ChangedBy, changed_at = @ChangedAt, member_state = @MemberState,
                resolution = @Resolution, kind = @Kind, on_day = @OnDay, summary = @Summary, outcome = @Outcome,
                assignee = @Assignee, confidential = @Confidential
            WHERE id = @Id
            """,
            EngagementRow.FromContent(id, content, caller.Label, write)
        );
        await write.Connection.ExecuteAsync("DELETE FROM engagement_contact WHERE engagement = @id", new { id });
        await InsertContacts(write, id, content);
        if (before.MemberState != content.MemberState)
        {
            // Readers of the old state's row learn that the engagement has left it.
            await Append(write, caller, before);
        }
        return await SaveChange(write, caller, id, content);
    }

    /// <summary>Deletes an engagement with its contacts, history and tasks.</summary>
    public static async Task Delete(Write write, Caller caller, StateEngagement engagement)
    {
        await EngagementErasure.Delete(write, [engagement.Id]);
        await Append(write, caller, engagement);
    }

    private static IReadOnlyList<StateEngagement> ToList(DbConnection connection, IEnumerable<EngagementRow> rows)
    {
        var texts = PersonalTexts.Of(connection);
        return [.. rows.Select(row => row.ToEngagement(texts))];
    }

    // The change feed names the contact only if there is one.
    private static Task Append(Write write, Caller caller, EngagementContent content) =>
        ResolutionVersion.Append(
            write,
            caller,
            ChangeKind.Engagement,
            resolution: null,
            version: null,
            write.Now,
            content.MemberState,
            content.Contacts is [var contact] ? contact : null,
            content.Confidential
        );

    private static async Task InsertContacts(Write write, long engagement, EngagementContent content)
    {
        foreach (var contact in content.Contacts)
        {
            await write.Connection.ExecuteAsync(
                "INSERT INTO engagement_contact (contact, engagement) VALUES (@contact, @engagement)",
                new { contact, engagement }
            );
        }
    }

    private static async Task<StateEngagement> SaveChange(
        Write write,
        Caller caller,
        long id,
        EngagementContent content
    )
    {
        var row = await write.Connection.QuerySingleAsync<EngagementRow>($"{Select} WHERE id = @id", new { id });
        await write.Connection.ExecuteAsync(
            $"""
            INSERT INTO engagement_change (engagement, version, contacts, {Content}, changed_at, changed_by)
            VALUES (
                @Id, @Version, @Contacts, @MemberState, @Resolution, @Kind, @OnDay, @Summary, @Outcome, @Assignee,
                @Confidential, @ChangedAt, @ChangedBy
            )
            """,
            row
        );
        await Append(write, caller, content);
        return row.ToEngagement(PersonalTexts.Of(write.Connection));
    }
}

/// <summary>Which engagements a list has; null for all.</summary>
internal sealed record EngagementFilter
{
    public string? MemberState { get; init; }
    public string? Resolution { get; init; }
    public string? Contact { get; init; }
    public string? Assignee { get; init; }
    public string? Kind { get; init; }
    public DateOnly? From { get; init; }
    public DateOnly? To { get; init; }

    /// <summary>The conditions of the filter, of what the caller can see, and of the page.</summary>
    public IEnumerable<string> Conditions(Caller caller, bool isContinued)
    {
        (bool Applies, string Condition)[] all =
        [
            (true, "on_day IS NOT NULL"),
            (MemberState is not null, "member_state = @MemberState"),
            (Resolution is not null, "resolution = @Resolution"),
            (Contact is not null, "id IN (SELECT engagement FROM engagement_contact WHERE contact = @Contact)"),
            (Assignee is not null, "assignee = @Assignee"),
            (Kind is not null, "kind = @Kind"),
            (From is not null, "on_day >= @From"),
            (To is not null, "on_day <= @To"),
            (isContinued, "(on_day, id) < (@day, @id)"),
            (true, StateEngagement.VisibleTo(caller)),
        ];
        return all.Where(c => c.Applies).Select(c => c.Condition);
    }
}
