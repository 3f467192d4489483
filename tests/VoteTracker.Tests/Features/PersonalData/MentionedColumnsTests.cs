using VoteTracker.Database.Encryption;
using VoteTracker.Features.PersonalData;
using VoteTracker.Security;

namespace VoteTracker.Tests.Features.PersonalData;

/// <summary>Every column with free text is searched for the name of a person, or is declared free of what users write.</summary>
public sealed class MentionedColumnsTests
{
    // Reference data, what the service writes by itself, and lists of ids and words.
    private static readonly string[] OtherTables =
    [
        "api_key",
        "assignment",
        "assignment_change",
        "audit_chain",
        "audit_entry",
        "calendar",
        "change",
        "comment_mention",
        "deleted_resolution",
        "deleted_task",
        "engagement_contact",
        "fact",
        "group_membership",
        "import",
        "incarnation",
        "kept_answer",
        "library_record",
        "member_state",
        "membership_break",
        "page_session",
        "plain_text",
        "protection_key",
        "retention_run",
        "roll_call",
        "roll_call_vote",
        "schema_shape",
        "schema_version",
        "secret",
        "sqlite_sequence",
        "stance_import",
        "state_group",
        "vote_day",
        "vote_day_vote",
        "webhook_cursor",
        "webhook_delivery",
        "webhook_event",
        "write_turn",
    ];

    // Ids, words of the contract, days, moments, hashes, and labels of keys.
    private static readonly string[] OtherColumns =
    [
        "against",
        "assignee",
        "baseline",
        "certainty",
        "changed_at",
        "changed_by",
        "changes",
        "closed_on",
        "contact",
        "contacts",
        "created_at",
        "created_by",
        "deleted_at",
        "disabled_at",
        "disabled_reason",
        "done_on",
        "draft_key",
        "due_on",
        "ended_at",
        "entered_at",
        "entered_by",
        "events",
        "evidence",
        "expires_at",
        "format",
        "from_day",
        "hash",
        "held_on",
        "hidden_at",
        "hidden_on",
        "id",
        "kind",
        "last_used_at",
        "level",
        "listed_at",
        "lookup",
        "member_state",
        "mentions",
        "name_key",
        "office",
        "old_secret",
        "old_secret_until",
        "on_day",
        "opened_on",
        "origin",
        "parent",
        "planned_at",
        "planned_on",
        "position",
        "requested_on",
        "resolution",
        "resumes",
        "revoked_at",
        "role",
        "rule",
        "scope",
        "secret",
        "session",
        "signed_on",
        "since",
        "since_at",
        "sort_on",
        "stance_import",
        "status",
        "towards",
        "until_day",
        "vetoed_on",
        "visibility",
        "vote_on",
        "votes",
        "withdrawn_on",
    ];

    // Such columns whose names are also those of free text.
    private static readonly string[] OtherMeaning =
    [
        "endorsement.languages",
        "ineligibility.reason",
        "saved_view.label",
    ];

    [Test]
    public void Every_column_with_free_text_is_searched_for_the_name_of_a_person()
    {
        using var app = new App();
        using var client = app.Anonymous;
        using var connection = Databases.Open(app.Folder);
        var searched = EncryptedTable
            .All.SelectMany(table => table.Columns.Select(column => $"{table.Name}.{column}"))
            .Concat(
                TextMentions
                    .PlainSources(new Caller(KeyRole.Admin, "admin", KeyId: null))
                    .SelectMany(source =>
                        source.Columns.Select(column => $"{source.Table.Split(' ')[0]}.{column.Split('.')[^1]}")
                    )
            )
            .ToHashSet(StringComparer.Ordinal);
        var columns = Dapper
            .SqlMapper.Query<string>(
                connection,
                "SELECT m.name || '.' || c.name FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table' AND c.type = 'TEXT'"
            )
            .ToList();
        columns.Count.ShouldBeGreaterThan(100);
        searched.Except(columns, StringComparer.Ordinal).ShouldBeEmpty();
        columns
            .Where(column => !OtherTables.Contains(column.Split('.')[0], StringComparer.Ordinal))
            .Where(column => !OtherMeaning.Contains(column, StringComparer.Ordinal))
            .Where(column => !OtherColumns.Contains(column.Split('.')[1], StringComparer.Ordinal))
            .Except(searched, StringComparer.Ordinal)
            .ShouldBeEmpty("search a new column with free text in TextMentions, or declare it here");
    }
}
