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
    /// <summary>The deliveries of a page.</summary>
    public const int PageSize = 200;

    private const int MostAtOnce = 500;
    private const int MostFailedAtOnce = 2_000;

    /// <summary>Whether there is something to send, or left to do for disabled webhooks.</summary>
    public Task<bool> HasWork() => db.Read(connection => connection.ExecuteScalarAsync<bool>($"SELECT {HasWorkSql}"));

    /// <summary>Makes this process the one that sends: the writes of an earlier one have no effect.</summary>
    public Task Begin(string sender) =>
        db.Write(write => write.Connection.ExecuteAsync("UPDATE webhook_cursor SET sender = @sender", new { sender }));

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
        db.Write<IReadOnlyList<PendingDelivery>?>(async write =>
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

    /// <summary>Saves the results of attempts, and disables the webhooks that they end.</summary>
    public Task Save(IReadOnlyList<Attempt> attempts) =>
        db.Write(async write =>
        {
            foreach (var group in attempts.Where(a => a.Result.IsDelivered).GroupBy(a => a.Result.Status))
            {
                foreach (var chunk in group.Chunk(MostAtOnce))
                {
                    await SaveDelivered(write, group.Key, chunk);
                }
            }
            foreach (var attempt in attempts.Where(a => !a.Result.IsDelivered))
            {
                await SaveFailed(write, attempt);
                if (attempt.Disables is { } reason)
                {
                    await Disable(write, attempt.Delivery.Webhook, attempt.Url, reason);
                }
            }
            return attempts.Count;
        });

    /// <summary>Makes some of the pending deliveries of disabled webhooks failed. Many at once would delay other writes.</summary>
    public Task FailSome() =>
        db.Write(write =>
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
                new { limit = MostFailedAtOnce }
            )
        );

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
    public static async Task<IReadOnlyList<PendingDelivery>> ListPending(
        DbConnection connection,
        string webhook,
        string lane,
        long after
    ) =>
        [
            .. (
                await connection.QueryAsync<PendingRow>(
                    """
                    SELECT d.id, d.webhook, d.lane, d.attempts, d.first_attempt_at, d.next_attempt_at, e.name, e.payload, e.line
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
            INSERT INTO webhook_delivery (webhook, event, lane, status, attempts, created_at)
            SELECT w.id, @number, @lane, 'pending', 0, @Now
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

    private static Task SaveDelivered(Write write, int? status, IReadOnlyList<Attempt> attempts) =>
        write.Connection.ExecuteAsync(
            """
            UPDATE webhook_delivery
            SET status = 'delivered', attempts = attempts + 1, first_attempt_at = COALESCE(first_attempt_at, @at),
                last_attempt_at = @at, delivered_at = @at, next_attempt_at = NULL, last_status = @status, last_fault = NULL
            WHERE id IN @ids
            """,
            new
            {
                ids = attempts.Select(attempt => attempt.Delivery.Id),
                at = attempts.Max(attempt => attempt.At),
                status = (long?)status,
            }
        );

    private static Task SaveFailed(Write write, Attempt attempt) =>
        write.Connection.ExecuteAsync(
            """
            UPDATE webhook_delivery
            SET attempts = attempts + 1, first_attempt_at = COALESCE(first_attempt_at, @At), last_attempt_at = @At,
                next_attempt_at = @NextAt, last_status = @status, last_fault = @fault
            WHERE id = @Id AND status = 'pending'
            """,
            new
            {
                attempt.Delivery.Id,
                attempt.At,
                attempt.NextAt,
                status = (long?)attempt.Result.Status,
                fault = EnumWord<DeliveryFault>.ToWord(attempt.Result.Fault),
            }
        );

    // Not if a user has given it another address since the attempt began.
    private static async Task Disable(Write write, string id, string url, WebhookDisabledReason reason)
    {
        await write.Connection.ExecuteAsync(
            """
            UPDATE webhook
            SET disabled_at = @Now, disabled_reason = @reason, version = version + 1, changed_at = @Now, changed_by = @Label
            WHERE id = @id AND url = @url AND disabled_at IS NULL
            """,
            new
            {
                id,
                url,
                reason = EnumWord<WebhookDisabledReason>.ToWord(reason),
                write.Now,
                Caller.Record.Label,
            }
        );
        await WebhookStore.CountEdit(write);
    }

    private sealed record SinceRow
    {
        public string Id { get; init; } = "";
        public long SinceSeq { get; init; }
        public DateTimeOffset SinceAt { get; init; }
    }

    private sealed record PendingRow
    {
        public long Id { get; init; }
        public string Webhook { get; init; } = "";
        public string Lane { get; init; } = "";
        public int Attempts { get; init; }
        public DateTimeOffset? FirstAttemptAt { get; init; }
        public DateTimeOffset? NextAttemptAt { get; init; }
        public string Name { get; init; } = "";
        public string Payload { get; init; } = "";
        public string Line { get; init; } = "";

        public PendingDelivery Pending =>
            new(Id, Webhook, Lane, new EventMessage(Name, Payload, Line))
            {
                Attempts = Attempts,
                FirstAttemptAt = FirstAttemptAt,
                NextAttemptAt = NextAttemptAt,
            };
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

/// <summary>A delivery that waits for an attempt.</summary>
internal sealed record PendingDelivery(long Id, string Webhook, string Lane, EventMessage Message)
{
    /// <summary>The attempts that failed.</summary>
    public int Attempts { get; init; }

    /// <summary>When the first of them ended.</summary>
    public DateTimeOffset? FirstAttemptAt { get; init; }

    /// <summary>When the next begins; null for at once.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }
}

/// <summary>An attempt that has ended.</summary>
/// <param name="Delivery">The delivery.</param>
/// <param name="Url">The address that it was posted to.</param>
/// <param name="Result">The result.</param>
/// <param name="At">When it ended.</param>
internal sealed record Attempt(PendingDelivery Delivery, string Url, SendResult Result, DateTimeOffset At)
{
    /// <summary>When the next attempt begins; null if there is none.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>Why it disables the webhook; null if it does not.</summary>
    public WebhookDisabledReason? Disables { get; init; }
}
