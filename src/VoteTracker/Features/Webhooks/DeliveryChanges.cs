using System.Data.Common;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Features.Webhooks.Sending;

namespace VoteTracker.Features.Webhooks;

/// <summary>Lets deliveries be sent again, and makes those of disabled webhooks failed.</summary>
internal static class DeliveryChanges
{
    /// <summary>The most deliveries that one write changes. More would delay other writes.</summary>
    public const int MostAtOnce = 2_000;

    /// <summary>Lets a delivery be sent again, or now if it is pending. Its waits and its three days begin again.</summary>
    public static async Task<Delivery> Requeue(Write write, string webhook, long id)
    {
        await Requeue(write, "id = @id AND webhook = @webhook", new { id, webhook });
        return (await DeliveryStore.Find(write.Connection, webhook, id))!;
    }

    /// <summary>
    /// Lets the first failed deliveries of the events from a moment on be sent again. Returns their number. A test is posted
    /// once, so it is not one of them.
    /// </summary>
    public static Task<int> RequeueFailed(Write write, string webhook, DateTimeOffset since) =>
        Requeue(
            write,
            """
            id IN (
                SELECT d.id
                FROM webhook_delivery d
                JOIN webhook_event e ON e.number = d.event
                WHERE d.webhook = @webhook AND d.status = 'failed' AND d.created_at >= @since AND e.type <> @TestType
                ORDER BY d.id
                LIMIT @limit
            )
            """,
            new
            {
                webhook,
                since,
                EventText.TestType,
                limit = MostAtOnce,
            }
        );

    /// <summary>Lets the pending deliveries of a webhook begin again, because it has another address.</summary>
    public static Task Restart(Write write, string webhook) =>
        write.Connection.ExecuteAsync(
            """
            UPDATE webhook_delivery
            SET tries = 0, first_attempt_at = NULL, next_attempt_at = NULL
            WHERE webhook = @webhook AND status = 'pending' AND tries > 0
            """,
            new { webhook }
        );

    /// <summary>Whether more deliveries of a webhook are pending than one write may change.</summary>
    public static Task<bool> HasManyPending(DbConnection connection, string webhook) =>
        connection.ExecuteScalarAsync<bool>(
            """
            SELECT EXISTS (
                SELECT 1 FROM webhook_delivery
                WHERE webhook = @webhook AND status = 'pending'
                ORDER BY lane, id
                LIMIT 1 OFFSET @most
            )
            """,
            new { webhook, most = MostAtOnce }
        );

    /// <summary>Makes some of the pending deliveries of disabled webhooks failed.</summary>
    public static Task<int> FailSome(Write write) =>
        write.Connection.ExecuteAsync(
            """
            UPDATE webhook_delivery
            SET status = 'failed', next_attempt_at = NULL
            WHERE id IN (
                SELECT d.id
                FROM webhook w
                JOIN webhook_delivery d ON d.webhook = w.id AND d.status = 'pending'
                WHERE w.disabled_at IS NOT NULL
                LIMIT @limit
            )
            """,
            new { limit = MostAtOnce }
        );

    /// <summary>Makes the pending deliveries of a webhook failed.</summary>
    public static Task FailPending(Write write, string webhook) =>
        write.Connection.ExecuteAsync(
            """
            UPDATE webhook_delivery
            SET status = 'failed', next_attempt_at = NULL
            WHERE webhook = @webhook AND status = 'pending'
            """,
            new { webhook }
        );

    private static async Task<int> Requeue(Write write, string condition, object values)
    {
        var count = await write.Connection.ExecuteAsync(
            $"""
            UPDATE webhook_delivery
            SET status = 'pending', tries = 0, first_attempt_at = NULL, next_attempt_at = NULL, delivered_at = NULL
            WHERE {condition}
            """,
            values
        );
        await WebhookStore.CountEdit(write);
        return count;
    }
}
