using System.Data.Common;
using Dapper;

namespace VoteTracker.Features.Webhooks.Sending;

/// <summary>A delivery that waits for an attempt.</summary>
internal sealed record PendingDelivery(long Id, string Webhook, string Lane, EventMessage Message)
{
    /// <summary>The attempts that failed since it began for the first time, or again.</summary>
    public int Tries { get; init; }

    /// <summary>When the first of them ended.</summary>
    public DateTimeOffset? FirstAttemptAt { get; init; }

    /// <summary>When the next begins; null for at once.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }
}

/// <summary>Reads the deliveries that wait for an attempt.</summary>
internal static class PendingStore
{
    /// <summary>The deliveries of a page.</summary>
    public const int PageSize = 200;

    /// <summary>Lists the lanes of a webhook that have pending deliveries. The index is read once for each lane.</summary>
    public static Task<IEnumerable<string>> ListLanes(DbConnection connection, string webhook) =>
        connection.QueryAsync<string>(
            """
            WITH RECURSIVE pending (lane) AS (
                SELECT MIN(lane) FROM webhook_delivery WHERE webhook = @webhook AND status = 'pending'
                UNION ALL
                SELECT (
                    SELECT MIN(d.lane) FROM webhook_delivery d
                    WHERE d.webhook = @webhook AND d.status = 'pending' AND d.lane > p.lane
                )
                FROM pending p
                WHERE p.lane IS NOT NULL
            )
            SELECT lane FROM pending WHERE lane IS NOT NULL
            """,
            new { webhook }
        );

    /// <summary>Lists pending deliveries of a lane in their order.</summary>
    public static async Task<IReadOnlyList<PendingDelivery>> List(
        DbConnection connection,
        string webhook,
        string lane,
        long after
    ) =>
        [
            .. (
                await connection.QueryAsync<PendingRow>(
                    """
                    SELECT d.id, d.webhook, d.lane, d.tries, d.first_attempt_at, d.next_attempt_at, e.name, e.payload, e.line
                    FROM webhook_delivery d
                    JOIN webhook_event e ON e.number = d.event
                    WHERE d.webhook = @webhook AND d.lane = @lane AND d.status = 'pending' AND d.id > @after
                    ORDER BY d.id
                    LIMIT @limit
                    """,
                    new
                    {
                        webhook,
                        lane,
                        after,
                        limit = PageSize,
                    }
                )
            ).Select(row => row.Pending),
        ];
}

/// <summary>A row of a pending delivery.</summary>
internal sealed record PendingRow
{
    public long Id { get; init; }
    public string Webhook { get; init; } = "";
    public string Lane { get; init; } = "";
    public int Tries { get; init; }
    public DateTimeOffset? FirstAttemptAt { get; init; }
    public DateTimeOffset? NextAttemptAt { get; init; }
    public string Name { get; init; } = "";
    public string Payload { get; init; } = "";
    public string Line { get; init; } = "";

    public PendingDelivery Pending =>
        new(Id, Webhook, Lane, new EventMessage(Name, Payload, Line))
        {
            Tries = Tries,
            FirstAttemptAt = FirstAttemptAt,
            NextAttemptAt = NextAttemptAt,
        };
}
