using System.Data.Common;
using VoteTracker.Database;

namespace VoteTracker.Live;

/// <summary>
/// Publishes the commits of other replicas, and polls every second for commits of other processes, such as an import from
/// the command line.
/// </summary>
internal sealed class ReplicaFeed(CommitFeed commits, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Runs before the first request, so that all later commits are published.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await commits.PublishForeignCommits();
        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(commits.ListenToReplicas(stoppingToken), Poll(stoppingToken));

    private async Task Poll(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await WaitForTick(timer, stoppingToken))
        {
            try
            {
                await commits.PublishForeignCommits();
            }
            catch (Exception exception) when (exception is WriteUnavailableException or DbException)
            {
                // The writer, the file or the server is not available now. The next attempt is in a second.
            }
        }
    }

    private static async Task<bool> WaitForTick(PeriodicTimer timer, CancellationToken stop)
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
