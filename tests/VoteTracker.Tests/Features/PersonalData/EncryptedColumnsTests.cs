using VoteTracker.Database.Encryption;

namespace VoteTracker.Tests.Features.PersonalData;

/// <summary>Every column with text is encrypted, or is declared free of texts about people.</summary>
public sealed class EncryptedColumnsTests
{
    // Words of the contract, ids, days, moments, hashes, labels of keys, and texts about states, resolutions and organisations.
    private static readonly string[] PlainTables =
    [
        "act",
        "api_key",
        "assignment",
        "assignment_change",
        "audit_chain",
        "audit_entry",
        "calendar",
        "change",
        "comment_mention",
        "council_veto",
        "council_vote",
        "council_vote_change",
        "deleted_resolution",
        "deleted_task",
        "endorsement",
        "engagement_contact",
        "fact",
        "group_membership",
        "import",
        "incarnation",
        "ineligibility",
        "kept_answer",
        "library_record",
        "member_state",
        "membership_break",
        "milestone",
        "milestone_change",
        "page_session",
        "plain_text",
        "pressure",
        "protection_key",
        "resolution",
        "resolution_change",
        "retention_run",
        "roll_call",
        "roll_call_vote",
        "saved_view",
        "scenario",
        "schema_shape",
        "schema_version",
        "secret",
        "session",
        "session_change",
        "session_request",
        "session_request_change",
        "share_link",
        "sqlite_sequence",
        "stance_import",
        "state_group",
        "vote_day",
        "vote_day_vote",
        "webhook",
        "webhook_cursor",
        "webhook_delivery",
        "webhook_event",
        "write_turn",
    ];

    private static readonly string[] PlainColumns =
    [
        "assignee",
        "certainty",
        "changed_at",
        "changed_by",
        "contact",
        "contacts",
        "created_at",
        "created_by",
        "done_on",
        "due_on",
        "evidence",
        "evidence_url",
        "id",
        "kind",
        "member_state",
        "mentions",
        "office",
        "on_day",
        "position",
        "resolution",
        "role",
        "since",
        "sort_on",
        "stance_import",
        "status",
        "withdrawn_on",
    ];

    [Test]
    public void Every_column_with_text_is_encrypted_or_is_declared_free_of_texts_about_people()
    {
        using var app = new App();
        using var client = app.Anonymous;
        using var connection = Databases.Open(app.Folder);
        var encrypted = EncryptedTable.All.SelectMany(table =>
            table.Columns.Select(column => $"{table.Name}.{column}")
        );
        var columns = Dapper
            .SqlMapper.Query<string>(
                connection,
                "SELECT m.name || '.' || c.name FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table' AND c.type = 'TEXT'"
            )
            .ToList();
        columns.Count.ShouldBeGreaterThan(100);
        encrypted.Except(columns, StringComparer.Ordinal).ShouldBeEmpty();
        columns
            .Where(column => !PlainTables.Contains(column.Split('.')[0], StringComparer.Ordinal))
            .Where(column => !PlainColumns.Contains(column.Split('.')[1], StringComparer.Ordinal))
            .Except(encrypted, StringComparer.Ordinal)
            .ShouldBeEmpty("encrypt a new column with text, or declare it here");
    }

    [Test]
    public void The_chapter_lists_the_encrypted_columns()
    {
        var chapter = Repository.Read("src/operations/personal-data.md");
        foreach (var table in EncryptedTable.All)
        {
            chapter.ShouldContain($"| `{table.Name}` | {string.Join(", ", table.Columns.Select(c => $"`{c}`"))} |");
        }
    }
}
