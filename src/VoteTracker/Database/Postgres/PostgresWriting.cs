using System.Data.Common;
using Npgsql;
using NpgsqlTypes;
using VoteTracker.Database.Audit;

namespace VoteTracker.Database.Postgres;

/// <summary>
/// The connection that writes. The replicas commit one after another: each transaction first locks the row of
/// write_turn, which also stores the moment of the last write. The feed is therefore in the order of its commits, moments
/// never decrease, and transactions cannot deadlock.
/// </summary>
internal sealed class PostgresWriting : IWriting
{
    private const string Savepoint = "one_write";

    // A number that nothing else in this database uses.
    private const long SchemaLock = 0x566F7465;

    // A notification has at most 8,000 bytes, an id 64.
    private const int MaxIdsPerSignal = 100;

    private readonly PostgresEngine _engine;
    private NpgsqlConnection _inner;
    private PostgresConnection _connection;
    private AuditHead _auditHead;
    private IReadOnlyList<AuditRow> _auditRows = [];

    public PostgresWriting(PostgresEngine engine)
    {
        _engine = engine;
        _inner = engine.CreateWritingConnection();
        _connection = new PostgresConnection(_inner, isWriter: true, _engine.Texts);
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
        catch (NpgsqlException exception) when (PostgresErrors.IsLost(exception))
        {
            // The pooled connection is from before the server stopped or was demoted. Try once with a new one.
            _engine.ClearPools();
            Rollback();
            return TakeTurn();
        }
    }

    public void BeginSchemaChange()
    {
        Open();
        Execute("BEGIN");
        // Another replica may migrate for long. The limit for a lock is for everything else.
        Execute("SET LOCAL lock_timeout = 0");
        Execute($"SELECT pg_advisory_xact_lock({SchemaLock})");
        Execute("SET LOCAL lock_timeout TO DEFAULT");
    }

    public void BeginSavepoint() => _connection.AddPending($"SAVEPOINT {Savepoint}");

    public void RollbackSavepoint()
    {
        _connection.AddPending($"ROLLBACK TO {Savepoint}");
        _connection.HasFailed = false;
    }

    public void ReleaseSavepoint()
    {
        if (_connection.HasFailed)
        {
            throw new InvalidOperationException("A write continued after one of its statements failed.");
        }
        _connection.AddPending($"RELEASE {Savepoint}");
    }

    // VACUUM removes deleted rows. PostgreSQL cannot overwrite them at once.
    public void OverwriteDeleted() { }

    public void EraseLog() { }

    public void EnableCheckpoints() { }

    public void Maintain() { }

    // They are sent with the commit, so they cost no round trip. TakeTurn has read the end of the chain, and no other
    // replica moves it during this transaction.
    public void AppendAudit(IReadOnlyList<AuditEntry> entries) => _auditRows = AuditRow.Link(_auditHead, entries);

    public void Commit(DateTimeOffset last, IReadOnlyCollection<string> changed)
    {
        using var batch = _connection.CreateBatchWithPending();
        PostgresAudit.Add(batch, _auditRows);
        _auditRows = [];
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
        foreach (var ids in changed.Chunk(MaxIdsPerSignal))
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
        _connection.DiscardPending();
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
            // The server rolls back when the connection ends.
        }
        Close();
    }

    // Closing a connection whose reader was interrupted can throw NpgsqlException or ArgumentOutOfRangeException. Such a
    // connection cannot be opened again.
    private void Close()
    {
        try
        {
            _inner.Close();
        }
        catch (Exception)
        {
            _inner = _engine.CreateWritingConnection();
            _connection = new PostgresConnection(_inner, isWriter: true, _engine.Texts);
        }
    }

    public void Dispose() => _connection.Dispose();

    private DateTimeOffset TakeTurn()
    {
        Open();
        _connection.DiscardPending();
        _auditRows = [];
        using var batch = _inner.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand("BEGIN"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("SELECT moment FROM write_turn FOR UPDATE"));
        // A statement of its own, because its snapshot must begin after the row is locked.
        batch.BatchCommands.Add(new NpgsqlBatchCommand(AuditTable.SelectHead));
        using var reader = batch.ExecuteReader();
        reader.Read();
        var moment = new DateTimeOffset(reader.GetDateTime(0), TimeSpan.Zero);
        _auditHead = PostgresAudit.ReadHead(reader);
        return moment;
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
