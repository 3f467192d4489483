using System.Data.Common;
using Npgsql;
using NpgsqlTypes;

namespace VoteTracker.Database.Postgres;

/// <summary>
/// The connection that writes. Commits are one after another, whichever replica makes them: each begins by locking the
/// row of turns, which also tells the moment of the last write of all. So the feed is in the order of its commits,
/// moments never run backwards, and no two commits can deadlock.
/// </summary>
internal sealed class PostgresWriting(PostgresEngine engine, NpgsqlConnection inner) : IWriting
{
    private const string One = "one_write";

    // Any number that nothing else in this database takes.
    private const long ReshapingLock = 0x566F7465;

    // A signal is at most 8,000 bytes, an id 64.
    private const int MostInOneSignal = 100;

    private readonly PostgresConnection _connection = new(inner, isWriting: true);

    public DbConnection Connection => _connection;

    public bool IsLocal => false;

    public DateTimeOffset Begin()
    {
        try
        {
            return TakeTurn();
        }
        catch (NpgsqlException exception) when (PostgresEngine.IsLost(exception))
        {
            // The connection was kept from before the server went away, or was demoted: once more on a new one.
            engine.ForgetConnections();
            Rollback();
            return TakeTurn();
        }
    }

    public void BeginReshaping()
    {
        Open();
        Execute("BEGIN");
        Execute($"SELECT pg_advisory_xact_lock({ReshapingLock})");
    }

    public void BeginOne() => _connection.SendWithNext($"SAVEPOINT {One}");

    public void UndoOne()
    {
        _connection.SendWithNext($"ROLLBACK TO {One}");
        _connection.HasFailed = false;
    }

    public void EndOne()
    {
        if (_connection.HasFailed)
        {
            throw new InvalidOperationException("A write went on after one of its statements failed.");
        }
        _connection.SendWithNext($"RELEASE {One}");
    }

    // Deleted rows are gone with the next vacuum; PostgreSQL has no way to overwrite them at once.
    public void LeaveNoTrace() { }

    public void Commit(DateTimeOffset last, IReadOnlyCollection<string> changed)
    {
        using var batch = _connection.CreateBatchAfterWhatWaits();
        if (last > DateTimeOffset.MinValue)
        {
            batch.BatchCommands.Add(
                new NpgsqlBatchCommand("UPDATE write_turn SET moment = $1 WHERE moment < $1")
                {
                    Parameters =
                    {
                        new NpgsqlParameter<DateTime>
                        {
                            TypedValue = last.UtcDateTime,
                            NpgsqlDbType = NpgsqlDbType.TimestampTz,
                        },
                    },
                }
            );
        }
        foreach (var ids in changed.Chunk(MostInOneSignal))
        {
            batch.BatchCommands.Add(
                new NpgsqlBatchCommand("SELECT pg_notify($1, $2)")
                {
                    Parameters =
                    {
                        new NpgsqlParameter<string> { TypedValue = PostgresSignals.Channel },
                        new NpgsqlParameter<string> { TypedValue = PostgresSignals.Signal(engine.Replica, ids) },
                    },
                }
            );
        }
        batch.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
        try
        {
            batch.ExecuteNonQuery();
        }
        catch (NpgsqlException exception) when (exception is not PostgresException)
        {
            throw new WriteUnavailableException(
                "The connection to the database was lost during the commit: read again whether the write was done.",
                TimeSpan.FromSeconds(1),
                exception
            );
        }
    }

    public void Rollback()
    {
        _connection.Forget();
        try
        {
            if (inner.FullState == System.Data.ConnectionState.Open)
            {
                Execute("ROLLBACK");
                return;
            }
        }
        catch (DbException)
        {
            // With the connection its transaction is gone.
        }
        inner.Close();
    }

    public void Dispose() => _connection.Dispose();

    private DateTimeOffset TakeTurn()
    {
        Open();
        _connection.Forget();
        using var batch = inner.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand("BEGIN"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("SELECT moment FROM write_turn FOR UPDATE"));
        return new DateTimeOffset((DateTime)batch.ExecuteScalar()!, TimeSpan.Zero);
    }

    private void Open()
    {
        if (inner.FullState != System.Data.ConnectionState.Open)
        {
            inner.Close();
            inner.Open();
        }
    }

    private void Execute(string sql)
    {
        using var command = new NpgsqlCommand(sql, inner);
        command.ExecuteNonQuery();
    }
}
