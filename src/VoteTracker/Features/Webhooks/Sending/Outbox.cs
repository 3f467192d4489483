using System.Data.Common;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Webhooks.Sending;

/// <summary>
/// Events and deliveries in the database. Events are written in one transaction with the place in the feed up to which
/// changes have become events. So no event is lost or added twice, whenever a process ends.
/// </summary>
internal sealed class Outbox(Db db)
{
    /// <summary>Whether there is something to send, or left to do for disabled webhooks.</summary>
    public Task<bool> HasWork() => db.Read(connection => connection.ExecuteScalarAsync<bool>($"SELECT {HasWorkSql}"));

    /// <summary>Makes this process the one that sends: the writes of an earlier one have no effect.</summary>
    public Task Begin(string sender) =>
        db.WriteBookkeeping(write =>
            write.Connection.ExecuteAsync("UPDATE webhook_cursor SET sender = @sender", new { sender })
        );

    /// <summary>Loads what the sender compares before each step; null if there is nothing to do.</summary>
    public Task<OutboxState?> LoadState() =>
        db.Read(connection =>
            connection.QuerySingleOrDefaultAsync<OutboxState>(
                $"""
                SELECT
                    sender, edits, seq, tasks_on, (SELECT COALESCE(MAX(seq), 0) FROM change) AS newest,
                    {HasLeftPending} AS has_left_pending
                FROM webhook_cursor
                WHERE {HasWorkSql}
                """
            )
        );

    /// <summary>Loads the webhooks that are enabled.</summary>
    public Task<IReadOnlyList<Receiver>> LoadReceivers() =>
        db.Read<IReadOnlyList<Receiver>>(async connection =>
            [
                .. (
                    await connection.QueryAsync<SinceRow>(
                        "SELECT id, since_seq, since_at FROM webhook WHERE disabled_at IS NULL ORDER BY id"
                    )
                ).Join(
                    await connection.QueryAsync<WebhookRow>($"{WebhookRow.Select} WHERE disabled_at IS NULL"),
                    since => since.Id,
                    webhook => webhook.Id,
                    (since, webhook) => new Receiver(webhook, since.SinceSeq, since.SinceAt),
                    StringComparer.Ordinal
                ),
            ]
        );

    /// <summary>Inserts an event. Returns its number.</summary>
    public static Task<long> InsertEvent(Write write, OutgoingEvent sent) =>
        write.Connection.ExecuteScalarAsync<long>(
            """
            INSERT INTO webhook_event (name, type, resolution, payload, line, at)
            VALUES (@Id, @Type, @Resolution, @Payload, @Line, @At)
            RETURNING number
            """,
            new
            {
                sent.Message.Id,
                sent.Type,
                sent.Resolution,
                sent.Message.Payload,
                sent.Message.Line,
                sent.At,
            }
        );

    /// <summary>
    /// Inserts events with a delivery for each webhook that wants them, and the place up to which changes have become
    /// events. Null if another process sends now.
    /// </summary>
    public Task<IReadOnlyList<PendingDelivery>?> Add(
        string sender,
        IReadOnlyList<OutgoingEvent> events,
        long seq,
        DateOnly tasksOn
    ) =>
        db.WriteBookkeeping<IReadOnlyList<PendingDelivery>?>(async write =>
        {
            var isSender = await write.Connection.ExecuteAsync(
                "UPDATE webhook_cursor SET seq = @seq, tasks_on = @tasksOn WHERE sender = @sender AND seq <= @seq",
                new
                {
                    seq,
                    tasksOn,
                    sender,
                }
            );
            if (isSender == 0)
            {
                return null;
            }
            var added = new List<PendingDelivery>();
            foreach (var sent in events)
            {
                added.AddRange(await Insert(write, sent));
            }
            return added;
        });

    private const string HasLeftPending = """
        EXISTS (
            SELECT 1 FROM webhook w
            WHERE w.disabled_at IS NOT NULL
                AND EXISTS (SELECT 1 FROM webhook_delivery d WHERE d.webhook = w.id AND d.status = 'pending')
        )
        """;

    private const string HasWorkSql =
        $"(EXISTS (SELECT 1 FROM webhook w WHERE w.disabled_at IS NULL) OR {HasLeftPending})";

    private static async Task<IEnumerable<PendingDelivery>> Insert(Write write, OutgoingEvent sent)
    {
        var number = await InsertEvent(write, sent);
        var rows = await write.Connection.QueryAsync<PendingRow>(
            """
            INSERT INTO webhook_delivery (webhook, event, lane, status, attempts, tries, created_at)
            SELECT w.id, @number, @lane, 'pending', 0, 0, @Now
            FROM webhook w
            WHERE w.disabled_at IS NULL AND w.events LIKE @word AND (w.resolution IS NULL OR w.resolution = @lane)
                AND w.since_seq < @seq AND w.since_at <= @at
            ORDER BY w.id
            RETURNING id, webhook, lane
            """,
            new
            {
                number,
                lane = sent.Resolution ?? "",
                write.Now,
                word = $"% {sent.Type} %",
                // A change after the webhook was created; for an event of a date, a later date.
                seq = sent.Seq ?? long.MaxValue,
                at = sent.Seq is null ? sent.At : DateTimeOffset.MaxValue,
            }
        );
        return rows.Select(row =>
            (row with { Name = sent.Message.Id, Payload = sent.Message.Payload, Line = sent.Message.Line }).Pending
        );
    }

    private sealed record SinceRow
    {
        public string Id { get; init; } = "";
        public long SinceSeq { get; init; }
        public DateTimeOffset SinceAt { get; init; }
    }
}

/// <summary>What the sender compares before each step.</summary>
internal sealed record OutboxState
{
    /// <summary>The process that sends.</summary>
    public string? Sender { get; init; }

    /// <summary>Counts what users change of webhooks and deliveries.</summary>
    public long Edits { get; init; }

    /// <summary>The place in the feed up to which changes have become events.</summary>
    public long Seq { get; init; }

    /// <summary>The tasks that were due before this day have become events.</summary>
    public DateOnly TasksOn { get; init; }

    /// <summary>The end of the feed.</summary>
    public long Newest { get; init; }

    /// <summary>Whether a disabled webhook has pending deliveries.</summary>
    public bool HasLeftPending { get; init; }
}

/// <summary>A webhook that is enabled, and since when.</summary>
internal sealed record Receiver(WebhookRow Webhook, long SinceSeq, DateTimeOffset SinceAt);
