using System.Data.Common;
using VoteTracker.Database;

namespace VoteTracker.Features.Sharing;

/// <summary>
/// Counts the uses of share links in memory, and writes them every ten seconds and at the end. A poll therefore writes
/// nothing.
/// </summary>
internal sealed class ShareLinkUses(Db db, TimeProvider clock, ILogger<ShareLinkUses> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private readonly Lock _lock = new();
    private Dictionary<string, (long Uses, DateTimeOffset Last)> _uses = new(StringComparer.Ordinal);
    private Task _saving = Task.CompletedTask;

    /// <summary>Counts a use.</summary>
    public void Add(string link) => Add(link, 1, clock.Moment());

    /// <summary>
    /// Writes all uses until now. If writing is not possible now, they stay counted, and the next call writes them.
    /// </summary>
    public Task Save()
    {
        lock (_lock)
        {
            return _saving = SaveAfter(_saving);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await Save();
        }
        catch (ObjectDisposedException)
        {
            // The host was disposed of without waiting for its end.
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TrySave();
            }
        }
        catch (OperationCanceledException)
        {
            // The service stops.
        }
    }

    // An unexpected fault must not end the service. Its text may have data of a link, so only its kind is logged.
    private async Task TrySave()
    {
        try
        {
            await Save();
        }
        catch (Exception exception)
        {
            log.LogError("The uses of share links could not be written: {Kind}", exception.GetType().Name);
        }
    }

    private async Task SaveAfter(Task previous)
    {
        // Also so that the lock is not held while SQL runs.
        await previous.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        var uses = Take();
        if (uses.Count == 0)
        {
            return;
        }
        try
        {
            await db.WriteBookkeeping(async write =>
            {
                foreach (var (link, (count, last)) in uses)
                {
                    await ShareLinkStore.AddUses(write, link, count, last);
                }
                return uses.Count;
            });
        }
        catch (CommitUnknownException)
        {
            // It may have succeeded: a use is rather missing than counted twice.
            return;
        }
        catch (Exception exception)
        {
            foreach (var (link, (count, last)) in uses)
            {
                Add(link, count, last);
            }
            if (exception is not (WriteUnavailableException or DbException))
            {
                throw;
            }
        }
    }

    private void Add(string link, long uses, DateTimeOffset last)
    {
        lock (_lock)
        {
            var before = _uses.GetValueOrDefault(link);
            _uses[link] = (before.Uses + uses, last > before.Last ? last : before.Last);
        }
    }

    private Dictionary<string, (long Uses, DateTimeOffset Last)> Take()
    {
        lock (_lock)
        {
            var taken = _uses;
            _uses = new(StringComparer.Ordinal);
            return taken;
        }
    }
}
