using System.Collections.Concurrent;
using VoteTracker.Database;

namespace VoteTracker.Features.Webhooks.Sending;

/// <summary>The attempts that are running, and those that have ended since the sender took them.</summary>
internal sealed class Attempts(WebhookClient client, SendSignal signal, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(2);

    private readonly ConcurrentQueue<Attempt> _ended = new();
    private readonly ConcurrentDictionary<Task, bool> _running = new();
    private readonly CancellationTokenSource _abort = new();

    /// <summary>Begins an attempt. Its end wakes the sender.</summary>
    public void Begin(WebhookRow webhook, PendingDelivery delivery)
    {
        var task = Run(webhook, delivery);
        _running.TryAdd(task, true);
        _ = task.ContinueWith(
            done => _running.TryRemove(done, out _),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
    }

    /// <summary>Takes the attempts that have ended.</summary>
    public IEnumerable<Attempt> TakeEnded()
    {
        while (_ended.TryDequeue(out var attempt))
        {
            yield return attempt;
        }
    }

    /// <summary>Gives the running attempts a short time, and aborts the others.</summary>
    public async Task End()
    {
        _abort.CancelAfter(GracePeriod);
        await Task.WhenAll(_running.Keys).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _abort.Dispose();

    private async Task Run(WebhookRow webhook, PendingDelivery delivery)
    {
        // The sender begins the others meanwhile.
        await Task.Yield();
        try
        {
            _ended.Enqueue(ToAttempt(webhook, delivery, await client.Send(webhook, delivery.Message, _abort.Token)));
            signal.Set();
        }
        catch (OperationCanceledException)
        {
            // The service stops. The next process sends it.
        }
    }

    private Attempt ToAttempt(WebhookRow webhook, PendingDelivery delivery, SendResult result)
    {
        var now = clock.Moment();
        var isGone = result.Status == StatusCodes.Status410Gone;
        var next =
            result.IsDelivered || isGone
                ? null
                : RetrySchedule.FindNext(
                    delivery.Message.Id,
                    delivery.Tries + 1,
                    delivery.FirstAttemptAt ?? now,
                    now,
                    result.RetryAfter
                );
        return new Attempt(delivery, webhook.Url, result, now)
        {
            NextAt = next,
            Disables =
                isGone ? WebhookDisabledReason.Gone
                : !result.IsDelivered && next is null ? WebhookDisabledReason.Failing
                : null,
        };
    }
}
