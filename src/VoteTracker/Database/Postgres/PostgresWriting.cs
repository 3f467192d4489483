using System.Data.Common;
using Npgsql;
using NpgsqlTypes;

namespace VoteTracker.Database.Postgres;

/// <summary>
/// The connection that writes. Commits are one after another, whichever replica makes them: each begins by locking the
/// row of turns, which also tells the moment of the last write of all. So the feed is in the order of its commits,
/// moments never run backwards, and no two commits can deadlock.
/// </summary>
internal sealed class PostgresWriting : IWriting
{
    private const string One = "one_write";

    // Any number that nothing else in this database takes.
    private const long ReshapingLock = 0x566F7465;

    // A signal is at most 8,000 bytes, an id 64.
    private const int MostInOneSignal = 100;

    private readonly PostgresEngine _engine;
    private NpgsqlConnection _inner;
    private PostgresConnection _connection;

    public PostgresWriting(PostgresEngine engine)
    {
        _engine = engine;
        _inner = engine.CreateWritingConnection();
        _connection = new PostgresConnection(_inner, isWriting: true);
    }

    public DbConnection Connection => _connection;

    public bool IsLocal => false;

    public bool IsNew { get; private set; } = true;

    public DateTimeOffset Begin()
    {
        try
        {
            return TakeTurn();
        }
        catch (NpgsqlException exception) when (PostgresEngine.IsLost(exception))
        {
            // The connection was kept from before the server went away, or was demoted: once more on a new one.
            _engine.ForgetConnections();
            Rollback();
            return TakeTurn();
        }
    }

    public void BeginSchemaChange()
    {
        Open();
        Execute("BEGIN");
        Execute($"SELECT pg_advisory_xact_lock({ReshapingLock})");
    }

    public void BeginSavepoint() => _connection.SendWithNext($"SAVEPOINT {One}");

    public void RollbackSavepoint()
    {
        _connection.SendWithNext($"ROLLBACK TO {One}");
        _connection.HasFailed = false;
    }

    public void ReleaseSavepoint()
    {
        if (_connection.HasFailed)
        {
            throw new InvalidOperationException("A write went on after one of its statements failed.");
        }
        _connection.SendWithNext($"RELEASE {One}");
    }

    // Deleted rows are gone with the next vacuum; PostgreSQL has no way to overwrite them at once.
    public void OverwriteDeleted() { }

    public void EraseLog() { }

    public void Maintain() { }

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
                        new NpgsqlParameter<string> { TypedValue = PostgresSignals.Signal(_engine.Replica, ids) },
                    },
                }
            );
        }
        batch.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
        try
        {
            batch.ExecuteNonQuery();
            IsNew = false;
        }
        // The server reports an ERROR only if it rolled back. A backend that is terminated during or after COMMIT reports
        // FATAL, and a connection that ends reports nothing: then the transaction may have committed.
        catch (Exception exception) when (exception is not PostgresException { InvariantSeverity: "ERROR" })
        {
            throw new CommitUnknownException(exception);
        }
    }

    public void Rollback()
    {
        _connection.Forget();
        try
        {
            if (_inner.FullState == System.Data.ConnectionState.Open)
            {
                Execute("ROLLBACK");
                return;
            }
        }
        catch (Exception)
        {
            // With the connection its transaction is gone.
        }
        Close();
    }

    // To close a connection whose reader was cut off can throw: NpgsqlException and ArgumentOutOfRangeException were seen.
    // Then it is in no state to be opened again.
    private void Close()
    {
        try
        {
            _inner.Close();
        }
        catch (Exception)
        {
            _inner = _engine.CreateWritingConnection();
            _connection = new PostgresConnection(_inner, isWriting: true);
        }
    }

    public void Dispose() => _connection.Dispose();

    private DateTimeOffset TakeTurn()
    {
        Open();
        _connection.Forget();
        using var batch = _inner.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand("BEGIN"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("SELECT moment FROM write_turn FOR UPDATE"));
        return new DateTimeOffset((DateTime)batch.ExecuteScalar()!, TimeSpan.Zero);
    }

    private void Open()
    {
        if (_inner.FullState != System.Data.ConnectionState.Open)
        {
            Close();
            _inner.Open();
            IsNew = true;
        }
    }

    private void Execute(string sql)
    {
        using var command = new NpgsqlCommand(sql, _inner);
        command.ExecuteNonQuery();
    }
}
