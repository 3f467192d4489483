using Npgsql;

namespace VoteTracker.Database.Postgres;

/// <summary>A lock on a connection of its own: with it, or with its process, the lock is gone.</summary>
internal sealed class PostgresLease : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;

    private PostgresLease(NpgsqlConnection connection) => _connection = connection;

    /// <summary>Takes it; null where another has it.</summary>
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
            // Said, for the server notices an end only after it: who is told that it is free can take it.
            await using var give = new NpgsqlCommand("SELECT pg_advisory_unlock_all()", _connection);
            await give.ExecuteNonQueryAsync();
        }
        catch (NpgsqlException)
        {
            // With the connection the lock is gone.
        }
        await _connection.DisposeAsync();
    }
}
