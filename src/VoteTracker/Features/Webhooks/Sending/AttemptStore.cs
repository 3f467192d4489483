using Dapper;
using VoteTracker.Database;
using VoteTracker.Database.Audit;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Webhooks.Sending;

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

/// <summary>Saves the results of attempts.</summary>
internal sealed class AttemptStore(Db db)
{
    private const int MostAtOnce = 500;

    /// <summary>Saves the results of attempts, and disables the webhooks that they end.</summary>
    public Task Save(IReadOnlyList<Attempt> attempts) =>
        db.WriteBookkeeping(async write =>
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
    public Task FailSome() => db.WriteBookkeeping(DeliveryChanges.FailSome);

    private static Task SaveDelivered(Write write, int? status, IReadOnlyList<Attempt> attempts) =>
        write.Connection.ExecuteAsync(
            """
            UPDATE webhook_delivery
            SET status = 'delivered', attempts = attempts + 1, tries = tries + 1,
                first_attempt_at = COALESCE(first_attempt_at, @at), last_attempt_at = @at, delivered_at = @at,
                next_attempt_at = NULL, last_status = @status, last_fault = NULL
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
            SET attempts = attempts + 1, tries = tries + 1, first_attempt_at = COALESCE(first_attempt_at, @At),
                last_attempt_at = @At, next_attempt_at = @NextAt, last_status = @status, last_fault = @fault
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
        var disabled = await write.Connection.ExecuteAsync(
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
                Label = Caller.LabelOfService,
            }
        );
        await WebhookStore.CountEdit(write);
        if (disabled > 0)
        {
            write.AddAudit(
                new AuditEntry
                {
                    Action = AuditEntry.Write,
                    Operation = "disable webhook",
                    Author = AuditEntry.Service,
                    Target = $"webhook={id}",
                }
            );
        }
    }
}
