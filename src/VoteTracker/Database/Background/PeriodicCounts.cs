using System.Data.Common;

namespace VoteTracker.Database.Background;

/// <summary>
/// Counts in memory by a key, and writes the counts at an interval and at the end of the service. So a request that is
/// counted writes nothing.
/// </summary>
/// <typeparam name="TKey">What is counted, compared by its value.</typeparam>
/// <typeparam name="TCount">A count of one key.</typeparam>
internal abstract class PeriodicCounts<TKey, TCount>(Db db, TimeProvider clock, TimeSpan interval) : BackgroundService
    where TKey : notnull
    where TCount : struct
{
    private readonly Lock _lock = new();
    private Dictionary<TKey, TCount> _counts = [];
    private Task _saving = Task.CompletedTask;

    /// <summary>Writes all counts until now. If writing is not possible now, they stay, and the next call writes them.</summary>
    public Task Save()
    {
        lock (_lock)
        {
            return _saving = SaveAfter(_saving);
        }
    }

    /// <summary>Writes the last counts.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TrySave();
    }

    /// <summary>Adds to the count of a key.</summary>
    protected void Add(TKey key, TCount count)
    {
        lock (_lock)
        {
            key = Group(key, _counts);
            _counts[key] = _counts.TryGetValue(key, out var earlier) ? Sum(earlier, count) : count;
        }
    }

    /// <summary>The key under which a key is counted: itself, unless too many keys have a count.</summary>
    protected virtual TKey Group(TKey key, IReadOnlyDictionary<TKey, TCount> counts) => key;

    /// <summary>The sum of two counts of one key.</summary>
    protected abstract TCount Sum(TCount first, TCount second);

    /// <summary>Writes the counts in a transaction.</summary>
    protected abstract Task Write(Write write, IReadOnlyDictionary<TKey, TCount> counts);

    /// <summary>Logs that the counts could not be written. The text of a fault may have data, so only its kind is logged.</summary>
    protected abstract void LogFailure(string kind);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Repeat.Every(interval, clock, TrySave, stoppingToken);

    // No fault may end the service.
    private async Task TrySave()
    {
        try
        {
            await Save();
        }
        catch (ObjectDisposedException)
        {
            // The host was disposed of without waiting for its end.
        }
        catch (Exception exception)
        {
            LogFailure(exception.GetType().Name);
        }
    }

    private async Task SaveAfter(Task previous)
    {
        // Also so that the lock is not held while SQL runs.
        await previous.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        var counts = Take();
        if (counts.Count == 0)
        {
            return;
        }
        try
        {
            await db.WriteBookkeeping(async write =>
            {
                await Write(write, counts);
                return counts.Count;
            });
        }
        catch (CommitUnknownException)
        {
            // It may have succeeded. A count is rather missing than counted twice.
            return;
        }
        catch (Exception exception)
        {
            foreach (var (key, count) in counts)
            {
                Add(key, count);
            }
            if (exception is not (WriteUnavailableException or DbException))
            {
                throw;
            }
        }
    }

    private Dictionary<TKey, TCount> Take()
    {
        lock (_lock)
        {
            var taken = _counts;
            _counts = [];
            return taken;
        }
    }
}
