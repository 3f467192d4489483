using System.Data.Common;
using VoteTracker.Database;

namespace VoteTracker.Endpoints.Idempotency;

/// <summary>
/// Deletes stored responses that are older than a day, at the start and every hour. Without it, the last ones would stay
/// in the database until the next request with an `Idempotency-Key`.
/// </summary>
internal sealed class DeleteExpiredResponses(Db db, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>Deletes what expired while the service was stopped.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Delete();
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await Delete();
            }
        }
        catch (OperationCanceledException)
        {
            // The service stops.
        }
    }

    private async Task Delete()
    {
        try
        {
            await StoredResponse.DeleteExpired(db, clock.GetUtcNow());
        }
        catch (Exception exception) when (exception is WriteUnavailableException or DbException)
        {
            // The database is not available now. The next attempt is in an hour.
        }
    }
}
