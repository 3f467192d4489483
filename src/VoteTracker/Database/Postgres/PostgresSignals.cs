using Npgsql;

namespace VoteTracker.Database.Postgres;

/// <summary>
/// Receives the commits of other replicas through LISTEN and NOTIFY, on a connection of its own. Notifications are lost
/// while the connection is lost, so each new connection begins with a lookup.
/// </summary>
internal sealed class PostgresSignals(NpgsqlDataSource source, string self, TimeProvider clock, ILogger log)
{
    /// <summary>The channel on which a commit publishes what it changed.</summary>
    public const string Channel = "votetracker_changed";

    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(250);
    private long _disconnectedSince = clock.GetTimestamp();
    private volatile bool _isStarted;
    private volatile bool _isConnected;

    /// <summary>How long notifications have not been received; null while they are, and before <see cref="Listen"/>.</summary>
    public TimeSpan? DisconnectedFor =>
        _isConnected || !_isStarted ? null : clock.GetElapsedTime(Volatile.Read(ref _disconnectedSince));

    /// <summary>The payload of a notification: the replica, and the resolutions that changed. No numbers.</summary>
    public static string Signal(string self, IEnumerable<string> ids) => $"{self} {string.Join(' ', ids)}";

    /// <summary>
    /// Listens until it is stopped, and reconnects when the connection is lost. `onConnected` is called after each
    /// connection, to read what was missed.
    /// </summary>
    public async Task Listen(
        Action<IReadOnlyCollection<string>> onCommitted,
        Func<Task> onConnected,
        CancellationToken stop
    )
    {
        Volatile.Write(ref _disconnectedSince, clock.GetTimestamp());
        _isStarted = true;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await ListenOnce(onCommitted, onConnected, stop);
            }
            catch (Exception exception)
                when (exception is NpgsqlException or IOException or TimeoutException or WriteUnavailableException)
            {
                if (_isConnected)
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
                if (_isConnected)
                {
                    Volatile.Write(ref _disconnectedSince, clock.GetTimestamp());
                    _isConnected = false;
                }
            }
            await Task.Delay(RetryInterval, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenOnce(
        Action<IReadOnlyCollection<string>> onCommitted,
        Func<Task> onConnected,
        CancellationToken stop
    )
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        connection.Notification += (_, signal) =>
        {
            if (signal.Payload.Split(' ') is [var replica, .. var ids] && replica != self)
            {
                onCommitted(ids);
            }
        };
        await using (var listen = new NpgsqlCommand($"LISTEN {Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(stop);
        }
        // Earlier commits are looked up now. Later ones are received.
        await onConnected();
        _isConnected = true;
        while (true)
        {
            await connection.WaitAsync(stop);
        }
    }
}
