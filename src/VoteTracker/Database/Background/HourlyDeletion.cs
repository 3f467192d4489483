using System.Data.Common;
using VoteTracker.Database.Time;

namespace VoteTracker.Database.Background;

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

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Repeat.Every(Interval, clock, TryDelete, stoppingToken);

    private async Task TryDelete()
    {
        if (clock is SteadyClock { MayDeleteByAge: false })
        {
            // Rows only seem to be old while the clock is in doubt. The next attempt is in an hour.
            return;
        }
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
