using System.Data.Common;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Features.Webhooks.Sending;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Webhooks;

/// <summary>
/// Reads deliveries for users, and saves tests. <see cref="DeliveryChanges"/> lets deliveries be sent again, and
/// <see cref="Outbox"/> has the SQL of the sender.
/// </summary>
internal static class DeliveryStore
{
    private const string Select = """
        SELECT
            d.id, e.name AS event, e.type, e.resolution,
            CASE WHEN w.disabled_at IS NOT NULL AND d.status = 'pending' THEN 'failed' ELSE d.status END AS status,
            d.attempts, d.created_at, d.last_attempt_at, d.last_status, d.last_fault, d.next_attempt_at, d.delivered_at
        FROM webhook_delivery d
        JOIN webhook_event e ON e.number = d.event
        JOIN webhook w ON w.id = d.webhook
        """;

    // The words of a pending delivery, so that each index of the table can be used.
    private const string IsPending = "d.status = 'pending' AND w.disabled_at IS NULL";

    private const string IsFailed = "(d.status = 'failed' OR (d.status = 'pending' AND w.disabled_at IS NOT NULL))";

    /// <summary>Finds a delivery of a webhook; null if it has none with this number.</summary>
    public static async Task<Delivery?> Find(DbConnection connection, string webhook, long id) =>
        (
            await connection.QuerySingleOrDefaultAsync<DeliveryRow>(
                $"{Select} WHERE d.id = @id AND d.webhook = @webhook",
                new { id, webhook }
            )
        )?.Delivery;

    /// <summary>Lists a page of the deliveries of a webhook, the newest first.</summary>
    /// <param name="connection">The connection to the database.</param>
    /// <param name="webhook">The webhook's id.</param>
    /// <param name="status">Only those with this status; all if it is null.</param>
    /// <param name="before">The number of the last delivery of the page before; null at the start.</param>
    /// <param name="limit">The number of deliveries.</param>
    public static async Task<IReadOnlyList<Delivery>> List(
        DbConnection connection,
        string webhook,
        DeliveryStatus? status,
        long? before,
        int limit
    )
    {
        var condition = status switch
        {
            DeliveryStatus.Pending => IsPending,
            DeliveryStatus.Delivered => "d.status = 'delivered'",
            DeliveryStatus.Failed => IsFailed,
            _ => "TRUE",
        };
        var rows = await connection.QueryAsync<DeliveryRow>(
            $"""
            {Select}
            WHERE d.webhook = @webhook AND {condition} {(before is null ? "" : "AND d.id < @before")}
            ORDER BY d.id DESC
            LIMIT @limit
            """,
            new
            {
                webhook,
                before,
                limit,
            }
        );
        return [.. rows.Select(row => row.Delivery)];
    }

    /// <summary>Loads what was posted of a delivery.</summary>
    public static Task<EventMessage> LoadMessage(DbConnection connection, long id) =>
        connection.QuerySingleAsync<EventMessage>(
            """
            SELECT e.name AS id, e.payload, e.line
            FROM webhook_delivery d
            JOIN webhook_event e ON e.number = d.event
            WHERE d.id = @id
            """,
            new { id }
        );

    /// <summary>Inserts a test that was sent.</summary>
    public static async Task<Delivery> InsertTest(Write write, string webhook, OutgoingEvent test, SendResult result)
    {
        var number = await Outbox.InsertEvent(write, test);
        var id = await write.Connection.ExecuteScalarAsync<long>(
            """
            INSERT INTO webhook_delivery (
                webhook, event, lane, status, attempts, tries, created_at, first_attempt_at, last_attempt_at, delivered_at,
                last_status, last_fault
            )
            VALUES (
                @webhook, @number, '', @status, 1, 1, @At, @At, @Now, @deliveredAt, @lastStatus, @fault
            )
            RETURNING id
            """,
            new
            {
                webhook,
                number,
                status = StatusWord(result),
                test.At,
                write.Now,
                deliveredAt = result.IsDelivered ? write.Now : (DateTimeOffset?)null,
                lastStatus = (long?)result.Status,
                fault = EnumWord<DeliveryFault>.ToWord(result.Fault),
            }
        );
        return (await Find(write.Connection, webhook, id))!;
    }

    /// <summary>Saves the result of a test that was sent again.</summary>
    public static async Task<Delivery> UpdateTest(Write write, string webhook, long id, SendResult result)
    {
        await write.Connection.ExecuteAsync(
            """
            UPDATE webhook_delivery
            SET status = @status, attempts = attempts + 1, last_attempt_at = @Now, delivered_at = @deliveredAt,
                last_status = @lastStatus, last_fault = @fault
            WHERE id = @id
            """,
            new
            {
                id,
                status = StatusWord(result),
                write.Now,
                deliveredAt = result.IsDelivered ? write.Now : (DateTimeOffset?)null,
                lastStatus = (long?)result.Status,
                fault = EnumWord<DeliveryFault>.ToWord(result.Fault),
            }
        );
        return (await Find(write.Connection, webhook, id))!;
    }

    private static string StatusWord(SendResult result) =>
        EnumWord<DeliveryStatus>.ToWord(result.IsDelivered ? DeliveryStatus.Delivered : DeliveryStatus.Failed);

    private sealed record DeliveryRow
    {
        public long Id { get; init; }
        public string Event { get; init; } = "";
        public string Type { get; init; } = "";
        public string? Resolution { get; init; }
        public string Status { get; init; } = "";
        public int Attempts { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset? LastAttemptAt { get; init; }
        public int? LastStatus { get; init; }
        public string? LastFault { get; init; }
        public DateTimeOffset? NextAttemptAt { get; init; }
        public DateTimeOffset? DeliveredAt { get; init; }

        public Delivery Delivery =>
            new()
            {
                Id = Id,
                Event = Event,
                Type = Type,
                Resolution = Resolution,
                Status = EnumWord<DeliveryStatus>.Parse(Status),
                Attempts = Attempts,
                CreatedAt = CreatedAt,
                LastAttemptAt = LastAttemptAt,
                LastStatus = LastStatus,
                LastFault = EnumWord<DeliveryFault>.ParseOrNull(LastFault),
                NextAttemptAt = Status == "pending" ? NextAttemptAt : null,
                DeliveredAt = DeliveredAt,
            };
    }
}
