using VoteTracker.Database;

namespace VoteTracker.Features.Observability;

/// <summary>
/// A figure of the metrics that needs SQL or the disk. It is read in the background, so that an export never waits for it.
/// If it cannot be read, the figure is absent and the log has one line.
/// </summary>
internal sealed class Reading<T>(string name, Func<Task<T>> load, TimeProvider clock, ILogger log)
    where T : class
{
    /// <summary>How often it is read.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    // After two readings that failed or did not end.
    private static readonly TimeSpan Validity = 3 * Interval;

    private volatile Entry? _newest;
    private bool _hasFailed;

    /// <summary>The newest figure; null if there is none that is new enough.</summary>
    public T? Value => _newest is { } entry && clock.GetElapsedTime(entry.At) < Validity ? entry.Value : null;

    /// <summary>Whether it was read once, with success or without.</summary>
    public bool HasRun { get; private set; }

    /// <summary>Reads it now and at every interval, until it is stopped.</summary>
    public async Task Run(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            do
            {
                await Load();
            } while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException)
        {
            // The service stops.
        }
    }

    private async Task Load()
    {
        try
        {
            _newest = new Entry(await load(), clock.GetTimestamp());
            _hasFailed = false;
        }
        catch (Exception exception)
        {
            _newest = null;
            if (!_hasFailed)
            {
                log.LogWarning("The metrics of {Reading} cannot be read: {Kind}", name, exception.GetType().Name);
            }
            _hasFailed = true;
        }
        HasRun = true;
    }

    private sealed record Entry(T Value, long At);
}
