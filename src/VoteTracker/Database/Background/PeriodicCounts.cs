using System.Data.Common;

namespace VoteTracker.Database.Background;

/// <summary>
/// Counts in memory by a text, and writes the counts at an interval and at the end of the service. So a request that is
/// counted writes nothing.
/// </summary>
/// <typeparam name="TCount">A count of one text.</typeparam>
internal abstract class PeriodicCounts<TCount>(Db db, TimeProvider clock, TimeSpan interval) : BackgroundService
    where TCount : struct
{
    private readonly Lock _lock = new();
    private Dictionary<string, TCount> _counts = new(StringComparer.Ordinal);
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

    /// <summary>Adds to the count of a text.</summary>
    protected void Add(string text, TCount count)
    {
        lock (_lock)
        {
            text = Group(text, _counts);
            _counts[text] = Sum(_counts.GetValueOrDefault(text), count);
        }
    }

    /// <summary>The text under which a text is counted: itself, unless too many texts have a count.</summary>
    protected virtual string Group(string text, IReadOnlyDictionary<string, TCount> counts) => text;

    /// <summary>The sum of two counts of one text.</summary>
    protected abstract TCount Sum(TCount first, TCount second);

    /// <summary>Writes the counts in a transaction.</summary>
    protected abstract Task Write(Write write, IReadOnlyDictionary<string, TCount> counts);

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
            foreach (var (text, count) in counts)
            {
                Add(text, count);
            }
            if (exception is not (WriteUnavailableException or DbException))
            {
                throw;
            }
        }
    }

    private Dictionary<string, TCount> Take()
    {
        lock (_lock)
        {
            var taken = _counts;
            _counts = new(StringComparer.Ordinal);
            return taken;
        }
    }
}
