using Dapper;
using VoteTracker.Database;

namespace VoteTracker.Features.Webhooks.Sending;

/// <summary>Deletes deliveries after 30 days, events without deliveries, and secrets that no longer sign.</summary>
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
        await db.Write(write => DeleteSecrets(write, now));
        while (await db.Write(write => DeleteDeliveries(write, now - Lifetime)) == MostAtOnce) { }
        while (await db.Write(DeleteEvents) == MostAtOnce) { }
    }

    private static Task<long> CountEvents(System.Data.Common.DbConnection connection) =>
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

    // Only the oldest are read, so that a table without old rows is not searched.
    private static Task<int> DeleteDeliveries(Write write, DateTimeOffset before) =>
        write.Connection.ExecuteAsync(
            """
            DELETE FROM webhook_delivery
            WHERE id IN (
                SELECT id FROM (
                    SELECT id, status, created_at FROM webhook_delivery ORDER BY id LIMIT @limit
                ) AS oldest
                WHERE created_at < @before AND status <> 'pending'
            )
            """,
            new { before, limit = MostAtOnce }
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
