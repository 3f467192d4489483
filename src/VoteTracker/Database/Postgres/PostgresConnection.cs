using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Npgsql;
using VoteTracker.Database.Encryption;

namespace VoteTracker.Database.Postgres;

/// <summary>
/// A connection that runs the same SQL as SQLite. The writer's connection is synchronous, and sends savepoints together
/// with the next statement, because no other write runs during a round trip.
/// </summary>
/// <remarks>
/// Reads use this wrapper too. Dapper would pass a list to an NpgsqlConnection as one array, which `IN @list` does not
/// accept, and the same SQL serves SQLite. Npgsql would also parse the named parameters of each command again, while
/// <see cref="PositionalSql"/> parses each statement once.
/// </remarks>
internal sealed class PostgresConnection(NpgsqlConnection inner, bool isWriter, PersonalTexts texts)
    : DbConnection,
        IEncryptingConnection
{
    private readonly List<string> _pending = [];

    /// <summary>The encryption of the texts about people.</summary>
    public PersonalTexts Texts => texts;

    /// <summary>Whether this is the writer's connection.</summary>
    public bool IsWriter => isWriter;

    /// <summary>Whether a statement failed. PostgreSQL then rejects further statements until a rollback.</summary>
    public bool HasFailed { get; set; }

    [AllowNull]
    public override string ConnectionString
    {
        get => "";
        set => throw new NotSupportedException("Only the engine opens connections.");
    }

    public override string Database => inner.Database;

    public override string DataSource => inner.DataSource;

    public override string ServerVersion => inner.ServerVersion;

    public override ConnectionState State => inner.State;

    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException();

    public override void Open() => inner.Open();

    public override void Close()
    {
        DiscardPending();
        inner.Close();
    }

    /// <summary>Adds a statement that is sent together with the next one.</summary>
    public void AddPending(string sql) => _pending.Add(sql);

    /// <summary>Discards the pending statements.</summary>
    public void DiscardPending()
    {
        _pending.Clear();
        HasFailed = false;
    }

    /// <summary>Creates a batch that begins with the pending statements.</summary>
    public NpgsqlBatch CreateBatchWithPending()
    {
        var batch = inner.CreateBatch();
        foreach (var sql in _pending)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(sql));
        }
        _pending.Clear();
        return batch;
    }

    /// <summary>Runs several statements without parameters.</summary>
    public int RunScript(string sql)
    {
        using var command = inner.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        return command.ExecuteNonQuery();
    }

    /// <summary>Records a failure. A failure of a pending statement is not one of the statement itself.</summary>
    public DbException RecordFailure(PostgresException exception, NpgsqlBatch batch)
    {
        HasFailed = true;
        return exception.BatchCommand is { } failed && !ReferenceEquals(failed, batch.BatchCommands[^1])
            ? new BrokenCommitException(exception)
            : exception;
    }

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) =>
        throw new NotSupportedException("Only the engine begins transactions.");

    protected override DbCommand CreateDbCommand() => new PostgresCommand(this);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }
        base.Dispose(disposing);
    }
}

/// <summary>The transaction is broken. Nothing of it is committed.</summary>
internal sealed class BrokenCommitException(Exception inner)
    : DbException("The transaction cannot continue: " + inner.Message, inner);
