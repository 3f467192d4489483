using Npgsql;

namespace VoteTracker.Database.Postgres;

/// <summary>An advisory lock on a connection of its own. The lock ends with the connection or the process.</summary>
internal sealed class PostgresLease : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;

    private PostgresLease(NpgsqlConnection connection) => _connection = connection;

    /// <summary>Takes the lock. Null if another process holds it.</summary>
    public static async Task<PostgresLease?> TryTake(NpgsqlDataSource source, string name)
    {
        var lease = new PostgresLease(await source.OpenConnectionAsync());
        try
        {
            await using var take = new NpgsqlCommand("SELECT pg_try_advisory_lock(hashtext($1))", lease._connection)
            {
                Parameters = { new NpgsqlParameter<string> { TypedValue = $"votetracker {name}" } },
            };
            if ((bool)(await take.ExecuteScalarAsync())!)
            {
                return lease;
            }
        }
        catch
        {
            await lease._connection.DisposeAsync();
            throw;
        }
        await lease._connection.DisposeAsync();
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            // Explicitly, because the server notices the end of a connection only later.
            await using var give = new NpgsqlCommand("SELECT pg_advisory_unlock_all()", _connection);
            await give.ExecuteNonQueryAsync();
        }
        catch (NpgsqlException)
        {
            // The lock ends with the connection.
        }
        await _connection.DisposeAsync();
    }
}
