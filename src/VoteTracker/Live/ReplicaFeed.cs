using System.Data.Common;
using VoteTracker.Database;

namespace VoteTracker.Live;

/// <summary>
/// Hears what other replicas write, or looks every second whether another process wrote, such as an import from the
/// command line: what it changed is counted anew, and told to who listens.
/// </summary>
internal sealed class ReplicaFeed(Db db, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Before anybody can ask: what is written from here on is told.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await db.PublishForeignCommits();
        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(db.ListenToReplicas(stoppingToken), Poll(stoppingToken));

    private async Task Poll(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await Tick(timer, stoppingToken))
        {
            try
            {
                await db.PublishForeignCommits();
            }
            catch (Exception exception) when (exception is WriteUnavailableException or DbException)
            {
                // The writer, the file or the server is not to be had just now; it is asked again in a second.
            }
        }
    }

    private static async Task<bool> Tick(PeriodicTimer timer, CancellationToken stop)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
