using Npgsql;

namespace VoteTracker.Database.Postgres;

/// <summary>
/// Hears what other replicas commit: a connection of its own that listens. While it is lost nothing is heard, and
/// whoever wants to know has to look.
/// </summary>
internal sealed class PostgresSignals(NpgsqlDataSource source, string self, TimeProvider clock, ILogger log)
{
    /// <summary>Where a commit tells what it changed.</summary>
    public const string Channel = "votetracker_changed";

    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(250);
    private long _deafSince = clock.GetTimestamp();
    private volatile bool _isAsked;
    private volatile bool _isHearing;

    /// <summary>Since when commits are not heard of; null while they are, and where nobody asked to hear.</summary>
    public TimeSpan? DeafFor => _isHearing || !_isAsked ? null : clock.GetElapsedTime(Volatile.Read(ref _deafSince));

    /// <summary>What is sent with a commit: who, and which resolutions. No numbers.</summary>
    public static string Signal(string self, IEnumerable<string> ids) => $"{self} {string.Join(' ', ids)}";

    /// <summary>
    /// Listens until it is stopped, and again whenever the connection was lost; `begins` is called each time it begins
    /// to hear, to look what was missed.
    /// </summary>
    public async Task Listen(Action<IReadOnlyCollection<string>> told, Func<Task> begins, CancellationToken stop)
    {
        Volatile.Write(ref _deafSince, clock.GetTimestamp());
        _isAsked = true;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await Hear(told, begins, stop);
            }
            catch (Exception exception)
                when (exception is NpgsqlException or IOException or TimeoutException or WriteUnavailableException)
            {
                if (_isHearing)
                {
                    log.LogWarning("The connection to the database was lost: {Message}", exception.Message);
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            finally
            {
                if (_isHearing)
                {
                    Volatile.Write(ref _deafSince, clock.GetTimestamp());
                    _isHearing = false;
                }
            }
            await Task.Delay(BetweenTries, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Hear(Action<IReadOnlyCollection<string>> told, Func<Task> begins, CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        connection.Notification += (_, signal) =>
        {
            if (signal.Payload.Split(' ') is [var who, .. var ids] && who != self)
            {
                told(ids);
            }
        };
        await using (var listen = new NpgsqlCommand($"LISTEN {Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(stop);
        }
        // What was committed before is looked for now, what is committed from here on is heard.
        await begins();
        _isHearing = true;
        while (true)
        {
            await connection.WaitAsync(stop);
        }
    }
}
