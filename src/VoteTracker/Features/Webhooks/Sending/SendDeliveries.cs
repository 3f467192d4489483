using System.Data.Common;
using VoteTracker.Database;

namespace VoteTracker.Features.Webhooks.Sending;

/// <summary>
/// Sends the deliveries of webhooks in the background. Of several replicas, the one with the lease sends; when its process
/// ends, another takes over. A delivery whose result was not saved is then sent again.
/// </summary>
internal sealed class SendDeliveries(
    Db db,
    CommitFeed commits,
    Outbox outbox,
    AttemptStore results,
    EventFinder finder,
    WebhookClient client,
    SendSignal signal,
    Settings settings,
    TimeProvider clock,
    IHostApplicationLifetime lifetime,
    ILogger<SendDeliveries> log
) : BackgroundService
{
    private const string Lease = "webhooks";

    // How soon another replica takes over, and a replica learns of the first webhook that another one created.
    private static readonly TimeSpan IdleInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private volatile bool _isSending;
    private bool _hasFailed;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!settings.SendWebhooks)
        {
            return;
        }
        commits.Committed += OnCommitted;
        // The host cancels its token only after the last connection has ended. The time for running attempts must not begin
        // after that.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        try
        {
            while (!stop.IsCancellationRequested)
            {
                if (await TrySend(stop.Token))
                {
                    // A signal of a commit must not let this process take over again at once.
                    await Task.Delay(IdleInterval, clock, stop.Token);
                }
                else
                {
                    await signal.Wait(IdleInterval, stop.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The service stops.
        }
        finally
        {
            commits.Committed -= OnCommitted;
        }
    }

    // Runs in the thread that commits, so it only sets a flag.
    private void OnCommitted(IReadOnlyCollection<string> changed)
    {
        if (_isSending)
        {
            signal.Set();
        }
    }

    // True if another process sends now.
    private async Task<bool> TrySend(CancellationToken stop)
    {
        try
        {
            if (!await outbox.HasWork() || await db.TryLease(Lease) is not { } lease)
            {
                return false;
            }
            try
            {
                return await Send(stop);
            }
            finally
            {
                await lease.DisposeAsync();
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailure(exception);
            return false;
        }
    }

    private async Task<bool> Send(CancellationToken stop)
    {
        using var attempts = new Attempts(client, signal, clock);
        var loop = new DeliveryLoop(db, outbox, results, finder, attempts, signal, clock);
        await loop.Begin();
        _isSending = true;
        try
        {
            while (await TryStep(loop) is { } wait)
            {
                await signal.Wait(wait, stop);
            }
        }
        finally
        {
            _isSending = false;
            await loop.End();
        }
        return loop.IsReplaced;
    }

    // While the database is away, nothing is sent. The results of attempts stay in memory until they are saved.
    private async Task<TimeSpan?> TryStep(DeliveryLoop loop)
    {
        try
        {
            var wait = await loop.Step();
            _hasFailed = false;
            return wait;
        }
        catch (Exception exception) when (exception is WriteUnavailableException or DbException)
        {
            LogFailure(exception);
            return RetryInterval;
        }
    }

    // Once until it works again. The text of a fault may name a receiver, so only its kind is logged.
    private void LogFailure(Exception exception)
    {
        if (!_hasFailed)
        {
            log.LogWarning("Webhooks cannot be sent now: {Kind}", exception.GetType().Name);
        }
        _hasFailed = true;
    }
}
