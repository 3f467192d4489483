using System.Data.Common;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Webhooks;

/// <summary>Reads and writes webhooks.</summary>
internal static class WebhookStore
{
    /// <summary>The most webhooks.</summary>
    public const int Most = 100;

    /// <summary>Finds a webhook; null if there is none with this id.</summary>
    public static async Task<Webhook?> Find(DbConnection connection, string id) =>
        (await FindRow(connection, id))?.ToWebhook();

    /// <summary>Finds a webhook with its secrets; null if there is none with this id.</summary>
    public static Task<WebhookRow?> FindRow(DbConnection connection, string id) =>
        connection.QuerySingleOrDefaultAsync<WebhookRow>($"{WebhookRow.Select} WHERE id = @id", new { id });

    /// <summary>Counts the webhooks.</summary>
    public static Task<long> Count(DbConnection connection) =>
        connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM webhook");

    /// <summary>Lists a page of the webhooks, in the order of their ids.</summary>
    public static async Task<IReadOnlyList<Webhook>> List(DbConnection connection, string after, int limit) =>
        [
            .. (
                await connection.QueryAsync<WebhookRow>(
                    $"{WebhookRow.Select} WHERE id > @after ORDER BY id LIMIT @limit",
                    new { after, limit }
                )
            ).Select(row => row.ToWebhook()),
        ];

    /// <summary>Inserts a webhook. It gets the events of later changes.</summary>
    public static async Task<Webhook> Insert(Write write, Caller caller, WebhookFields fields, string secret)
    {
        var id = ApiKey.NewId();
        await StartCursor(write);
        await write.Connection.ExecuteAsync(
            $"""
            INSERT INTO webhook (
                id, url, events, resolution, format, secret, since_seq, since_at, disabled_at, disabled_reason, version,
                created_at, created_by, changed_at, changed_by
            )
            VALUES (
                @id, @Url, @events, @Resolution, @format, @secret, (SELECT COALESCE(MAX(seq), 0) FROM change), @Now,
                @disabledAt, @reason, {Incarnation.FirstVersionOfNew}, @Now, @Label, @Now, @Label
            )
            """,
            new
            {
                id,
                fields.Url,
                events = WebhookRow.ToText(fields.Events!),
                fields.Resolution,
                format = EnumWord<WebhookFormat>.ToWord(fields.Format ?? WebhookFormat.Json),
                secret,
                write.Now,
                disabledAt = fields.Enabled == false ? write.Now : (DateTimeOffset?)null,
                reason = fields.Enabled == false
                    ? EnumWord<WebhookDisabledReason>.ToWord(WebhookDisabledReason.ByUser)
                    : null,
                caller.Label,
            }
        );
        await CountEdit(write);
        return (await Find(write.Connection, id))!;
    }

    /// <summary>
    /// Updates the fields of a webhook. While it is disabled, no events become deliveries; those that were pending are
    /// failed.
    /// </summary>
    public static async Task<Webhook> Update(Write write, Caller caller, Webhook current, WebhookFields fields)
    {
        var enabled = fields.Enabled ?? true;
        if (enabled && !current.Enabled)
        {
            await DeliveryChanges.FailPending(write, current.Id);
        }
        await write.Connection.ExecuteAsync(
            """
            UPDATE webhook
            SET url = @Url, events = @events, resolution = @Resolution, format = @format,
                since_seq = CASE WHEN @begins THEN (SELECT COALESCE(MAX(seq), 0) FROM change) ELSE since_seq END,
                since_at = CASE WHEN @begins THEN @Now ELSE since_at END,
                disabled_at = CASE WHEN @enabled THEN NULL ELSE COALESCE(disabled_at, @Now) END,
                disabled_reason = CASE WHEN @enabled THEN NULL ELSE COALESCE(disabled_reason, @reason) END,
                version = version + 1, changed_at = @Now, changed_by = @Label
            WHERE id = @Id
            """,
            new
            {
                current.Id,
                fields.Url,
                events = WebhookRow.ToText(fields.Events!),
                fields.Resolution,
                format = EnumWord<WebhookFormat>.ToWord(fields.Format ?? WebhookFormat.Json),
                begins = enabled && !current.Enabled,
                enabled,
                reason = EnumWord<WebhookDisabledReason>.ToWord(WebhookDisabledReason.ByUser),
                write.Now,
                caller.Label,
            }
        );
        if (fields.Url != current.Url)
        {
            await DeliveryChanges.Restart(write, current.Id);
        }
        await CountEdit(write);
        return (await Find(write.Connection, current.Id))!;
    }

    /// <summary>Replaces the secret of a webhook. The old one signs too until a moment.</summary>
    public static async Task<Webhook> SaveSecret(
        Write write,
        Caller caller,
        string id,
        string secret,
        DateTimeOffset oldUntil
    )
    {
        await write.Connection.ExecuteAsync(
            """
            UPDATE webhook
            SET old_secret = CASE WHEN @oldUntil > @Now THEN secret ELSE NULL END,
                old_secret_until = CASE WHEN @oldUntil > @Now THEN @oldUntil ELSE NULL END,
                secret = @secret, version = version + 1, changed_at = @Now, changed_by = @Label
            WHERE id = @id
            """,
            new
            {
                id,
                secret,
                oldUntil,
                write.Now,
                caller.Label,
            }
        );
        await CountEdit(write);
        return (await Find(write.Connection, id))!;
    }

    /// <summary>
    /// Deletes a webhook with its secrets. From now on nobody sees its deliveries. They are deleted later, because many at
    /// once would delay other writes.
    /// </summary>
    public static async Task Delete(Write write, string id)
    {
        await write.Connection.ExecuteAsync("DELETE FROM webhook WHERE id = @id", new { id });
        await CountEdit(write);
    }

    /// <summary>Lets the replica that sends read the webhooks and the pending deliveries again.</summary>
    public static Task CountEdit(Write write) =>
        write.Connection.ExecuteAsync("UPDATE webhook_cursor SET edits = edits + 1");

    // The first webhook begins with the changes after it.
    private static Task StartCursor(Write write) =>
        write.Connection.ExecuteAsync(
            """
            INSERT INTO webhook_cursor (id, seq, tasks_on, edits)
            VALUES (1, (SELECT COALESCE(MAX(seq), 0) FROM change), @today, 0)
            ON CONFLICT (id) DO NOTHING
            """,
            new { today = NewYork.DayOf(write.Now) }
        );
}
