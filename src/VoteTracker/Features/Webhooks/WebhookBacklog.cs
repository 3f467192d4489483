using System.Data.Common;
using Dapper;

namespace VoteTracker.Features.Webhooks;

/// <summary>What webhooks have not delivered, for the metrics.</summary>
internal sealed record WebhookBacklog
{
    /// <summary>The pending deliveries of enabled webhooks.</summary>
    public long Pending { get; init; }

    /// <summary>When the oldest of them was created; null if there are none.</summary>
    public DateTimeOffset? OldestAt { get; init; }

    /// <summary>The webhooks that the service disabled because their receivers failed.</summary>
    public long Disabled { get; init; }

    /// <summary>Counts them.</summary>
    public static async Task<WebhookBacklog> Load(DbConnection connection) =>
        new()
        {
            Pending = await connection.ExecuteScalarAsync<long>($"SELECT COUNT(*) {FromPending}"),
            OldestAt = (
                await connection.QueryAsync<DateTimeOffset>(
                    $"SELECT d.created_at {FromPending} ORDER BY d.created_at LIMIT 1"
                )
            )
                .Cast<DateTimeOffset?>()
                .FirstOrDefault(),
            Disabled = await connection.ExecuteScalarAsync<long>(
                "SELECT COUNT(*) FROM webhook WHERE disabled_reason IN ('failing', 'gone')"
            ),
        };

    private const string FromPending = """
        FROM webhook w
        JOIN webhook_delivery d ON d.webhook = w.id AND d.status = 'pending'
        WHERE w.disabled_at IS NULL
        """;
}
