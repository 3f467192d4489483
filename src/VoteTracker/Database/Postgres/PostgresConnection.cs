using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace VoteTracker.Database.Postgres;

/// <summary>
/// A connection as handlers and Dapper know it from SQLite: values by name, lists of them spelled out. The one that
/// writes does each statement before it hands over its task, and sends what marks the writes of a commit with the
/// statement that follows, for each way to the server and back is time in which nobody else writes.
/// </summary>
internal sealed class PostgresConnection(NpgsqlConnection inner, bool isWriting) : DbConnection
{
    private readonly List<string> _waiting = [];

    /// <summary>Whether this is the writer's.</summary>
    public bool IsWriting => isWriting;

    /// <summary>Whether a statement failed since this was last set: PostgreSQL does nothing more until it is taken back.</summary>
    public bool HasFailed { get; set; }

    [AllowNull]
    public override string ConnectionString
    {
        get => "";
        set => throw new NotSupportedException("A connection is Db's.");
    }

    public override string Database => inner.Database;

    public override string DataSource => inner.DataSource;

    public override string ServerVersion => inner.ServerVersion;

    public override ConnectionState State => inner.State;

    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException();

    public override void Open() => inner.Open();

    public override void Close()
    {
        Forget();
        inner.Close();
    }

    /// <summary>Sends this with the next statement.</summary>
    public void SendWithNext(string sql) => _waiting.Add(sql);

    /// <summary>Does not send what waits.</summary>
    public void Forget()
    {
        _waiting.Clear();
        HasFailed = false;
    }

    /// <summary>Statements that go together, those that wait first.</summary>
    public NpgsqlBatch CreateBatchAfterWhatWaits()
    {
        var batch = inner.CreateBatch();
        foreach (var sql in _waiting)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(sql));
        }
        _waiting.Clear();
        return batch;
    }

    /// <summary>Runs several statements, none of them with values.</summary>
    public int RunScript(string sql)
    {
        using var command = inner.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        return command.ExecuteNonQuery();
    }

    /// <summary>Notes the failure; one of what was sent before the statement itself is not the statement's.</summary>
    public DbException Blame(PostgresException exception, NpgsqlBatch batch)
    {
        HasFailed = true;
        return exception.BatchCommand is { } failed && !ReferenceEquals(failed, batch.BatchCommands[^1])
            ? new BrokenCommitException(exception)
            : exception;
    }

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) =>
        throw new NotSupportedException("A transaction is Db's.");

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

/// <summary>The transaction of a commit is no longer what it should be; nothing of it is done.</summary>
internal sealed class BrokenCommitException(Exception inner)
    : DbException("The transaction cannot go on: " + inner.Message, inner);
