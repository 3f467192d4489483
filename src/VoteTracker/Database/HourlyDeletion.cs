using System.Data.Common;

namespace VoteTracker.Database;

/// <summary>Deletes expired rows at the start and every hour.</summary>
internal abstract class HourlyDeletion(TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>The clock.</summary>
    protected TimeProvider Clock => clock;

    /// <summary>Deletes what expired while the service was stopped.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await TryDelete();
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Deletes the rows that have expired.</summary>
    protected abstract Task Delete(DateTimeOffset now);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryDelete();
            }
        }
        catch (OperationCanceledException)
        {
            // The service stops.
        }
    }

    private async Task TryDelete()
    {
        try
        {
            await Delete(clock.GetUtcNow());
        }
        catch (Exception exception) when (exception is WriteUnavailableException or DbException)
        {
            // The database is not available now. The next attempt is in an hour.
        }
    }
}
