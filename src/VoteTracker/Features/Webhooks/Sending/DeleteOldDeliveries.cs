using System.Data.Common;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Database.Background;

namespace VoteTracker.Features.Webhooks.Sending;

/// <summary>Deletes deliveries after 30 days, those of deleted webhooks, events without deliveries, and secrets that no longer sign.</summary>
internal sealed class DeleteOldDeliveries(Db db, TimeProvider clock) : HourlyDeletion(clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    // A longer write would delay others.
    private const int MostAtOnce = 2_000;

    protected override async Task Delete(DateTimeOffset now)
    {
        if (await db.Read(WebhookStore.Count) == 0 && await db.Read(CountEvents) == 0)
        {
            return;
        }
        await db.WriteBookkeeping(write => DeleteSecrets(write, now));
        foreach (var webhook in await db.Read(ListDeletedWebhooks))
        {
            while (await db.WriteBookkeeping(write => DeleteDeliveriesOf(write, webhook)) == MostAtOnce) { }
        }
        await DeletePages(now - Lifetime);
        while (await db.WriteBookkeeping(DeleteEvents) == MostAtOnce) { }
    }

    private static Task<long> CountEvents(DbConnection connection) =>
        connection.ExecuteScalarAsync<long>(
            "SELECT COUNT(*) FROM (SELECT 1 AS one FROM webhook_event LIMIT 1) AS first"
        );

    private static async Task<int> DeleteSecrets(Write write, DateTimeOffset now)
    {
        var expired = await write.Connection.ExecuteScalarAsync<long>(
            "SELECT COUNT(*) FROM webhook WHERE old_secret_until <= @now",
            new { now }
        );
        if (expired == 0)
        {
            return 0;
        }
        write.OverwriteDeleted();
        write.EraseLog();
        return await write.Connection.ExecuteAsync(
            "UPDATE webhook SET old_secret = NULL WHERE old_secret_until <= @now AND old_secret IS NOT NULL",
            new { now }
        );
    }

    // The index is read once for each webhook.
    private static Task<IEnumerable<string>> ListDeletedWebhooks(DbConnection connection) =>
        connection.QueryAsync<string>(
            """
            WITH RECURSIVE named (webhook) AS (
                SELECT MIN(webhook) FROM webhook_delivery
                UNION ALL
                SELECT (SELECT MIN(d.webhook) FROM webhook_delivery d WHERE d.webhook > n.webhook)
                FROM named n
                WHERE n.webhook IS NOT NULL
            )
            SELECT n.webhook
            FROM named n
            WHERE n.webhook IS NOT NULL AND NOT EXISTS (SELECT 1 FROM webhook w WHERE w.id = n.webhook)
            """
        );

    private static Task<int> DeleteDeliveriesOf(Write write, string webhook) =>
        write.Connection.ExecuteAsync(
            """
            DELETE FROM webhook_delivery
            WHERE id IN (SELECT id FROM webhook_delivery WHERE webhook = @webhook ORDER BY id LIMIT @limit)
            """,
            new { webhook, limit = MostAtOnce }
        );

    // Pages by id, from the oldest to the first without an old row: a table without old rows is not searched, and pending
    // rows, which stay, end nothing.
    private async Task DeletePages(DateTimeOffset before)
    {
        for (
            var after = 0L;
            await db.Read(connection => FindLastOld(connection, after, before)) is { } last;
            after = last
        )
        {
            var first = after;
            await db.WriteBookkeeping(write =>
                write.Connection.ExecuteAsync(
                    """
                    DELETE FROM webhook_delivery
                    WHERE id > @first AND id <= @last AND created_at < @before AND status <> 'pending'
                    """,
                    new
                    {
                        first,
                        last,
                        before,
                    }
                )
            );
        }
    }

    // The last old row of the page after a row.
    private static Task<long?> FindLastOld(DbConnection connection, long after, DateTimeOffset before) =>
        connection.ExecuteScalarAsync<long?>(
            """
            SELECT MAX(id)
            FROM (SELECT id, created_at FROM webhook_delivery WHERE id > @after ORDER BY id LIMIT @limit) AS page
            WHERE created_at < @before
            """,
            new
            {
                after,
                before,
                limit = MostAtOnce,
            }
        );

    private static Task<int> DeleteEvents(Write write) =>
        write.Connection.ExecuteAsync(
            """
            DELETE FROM webhook_event
            WHERE number IN (
                SELECT number FROM webhook_event
                WHERE number < COALESCE(
                    (SELECT event FROM webhook_delivery ORDER BY id LIMIT 1),
                    (SELECT MAX(number) + 1 FROM webhook_event)
                )
                ORDER BY number
                LIMIT @limit
            )
            """,
            new { limit = MostAtOnce }
        );
}
