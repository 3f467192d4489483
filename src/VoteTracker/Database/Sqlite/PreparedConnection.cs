using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace VoteTracker.Database.Sqlite;

/// <summary>
/// A connection that keeps its statements: the same SQL is prepared once, whoever asks. Handlers and Dapper make a
/// command a statement and throw it away; preparing and naming its values anew each time would cost more than running
/// it. Microsoft.Data.Sqlite opens the file, runs scripts and names the errors.
/// </summary>
internal sealed class PreparedConnection(SqliteConnection inner) : DbConnection, IDirectConnection
{
    // Lists of values are spelled out in the SQL, so it has no end of texts; the hot ones come first and stay.
    private const int MostKept = 256;

    /// <summary>How long it waits for whoever holds the file, in milliseconds.</summary>
    private const int MostWait = 10_000;

    private readonly Dictionary<string, Stack<Statement>> _byReference = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, Stack<Statement>> _byText = new(StringComparer.Ordinal);

    [AllowNull]
    public override string ConnectionString
    {
        get => inner.ConnectionString;
        set => inner.ConnectionString = value;
    }

    public override string Database => inner.Database;

    public override string DataSource => inner.DataSource;

    public override string ServerVersion => inner.ServerVersion;

    public override ConnectionState State => inner.State;

    /// <summary>The engine's own connection.</summary>
    public sqlite3 Handle => inner.Handle!;

    /// <summary>How many rows this connection has changed since it was opened.</summary>
    public long ChangedRows => raw.sqlite3_total_changes(Handle);

    /// <summary>The path of the database file; empty if it is only in memory.</summary>
    public string FileName => raw.sqlite3_db_filename(Handle, "main").utf8_to_string() ?? "";

    /// <summary>How many frames of the write-ahead log are in use.</summary>
    public int CountLogFrames()
    {
        const int countOnly = -1;
        var result = raw.sqlite3_wal_checkpoint_v2(Handle, "main", countOnly, out var frames, out _);
        SqliteException.ThrowExceptionForRC(result, Handle);
        return frames;
    }

    /// <summary>
    /// Copies the write-ahead log into the file and truncates it to nothing; false if readers or another writer did not
    /// let go of it within the given milliseconds.
    /// </summary>
    public bool TryTruncateLog(int mostWait)
    {
        _ = raw.sqlite3_busy_timeout(Handle, mostWait);
        try
        {
            var result = raw.sqlite3_wal_checkpoint_v2(Handle, "main", raw.SQLITE_CHECKPOINT_TRUNCATE, out _, out _);
            if (result is raw.SQLITE_BUSY or raw.SQLITE_LOCKED)
            {
                return false;
            }
            SqliteException.ThrowExceptionForRC(result, Handle);
            return true;
        }
        finally
        {
            _ = raw.sqlite3_busy_timeout(Handle, MostWait);
        }
    }

    /// <summary>Reads one number.</summary>
    public long ReadNumber(string sql)
    {
        using var reader = Read(sql, []);
        return reader.Read() ? reader.GetInt64(0) : 0;
    }

    public override void ChangeDatabase(string databaseName) => inner.ChangeDatabase(databaseName);

    /// <summary>
    /// Waits for its turn from the first statement on, for preparing one reads the file already: a process that stops
    /// has it for itself while it folds its log, and one that was killed leaves a log to be recovered first.
    /// </summary>
    public override void Open()
    {
        inner.Open();
        _ = raw.sqlite3_busy_timeout(Handle, MostWait);
    }

    public override void Close() => inner.Close();

    /// <summary>Runs several statements, none of them with values.</summary>
    public void RunScript(string sql)
    {
        using var command = inner.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>The prepared statement of this SQL, until it is given back; null: it is a script of several.</summary>
    public Statement? Rent(string sql)
    {
        if (_byReference.TryGetValue(sql, out var kept) || _byText.TryGetValue(sql, out kept))
        {
            if (kept.TryPop(out var statement))
            {
                return statement;
            }
        }
        return Statement.Prepare(Handle, sql);
    }

    /// <summary>Takes it back for the next who asks the same.</summary>
    public void Return(Statement statement)
    {
        statement.Reset();
        if (!_byText.TryGetValue(statement.Sql, out var kept))
        {
            if (_byText.Count >= MostKept)
            {
                statement.Dispose();
                return;
            }
            // Almost all SQL is a literal: the same object each time, found without reading it.
            _byText[statement.Sql] = _byReference[statement.Sql] = kept = new Stack<Statement>(1);
        }
        kept.Push(statement);
    }

    /// <summary>Runs a statement with these values, up to its first row.</summary>
    public DbDataReader Read(string sql, ReadOnlySpan<SqlValue> values)
    {
        var statement =
            Rent(sql) ?? throw new NotSupportedException("A script answers nothing; ask for one statement at a time.");
        try
        {
            statement.Bind(values);
        }
        catch
        {
            Return(statement);
            throw;
        }
        return new PreparedReader(this, statement);
    }

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) =>
        throw new NotSupportedException("A transaction is Db's.");

    protected override DbCommand CreateDbCommand() => new PreparedCommand(this);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var statement in _byText.Values.SelectMany(kept => kept))
            {
                statement.Dispose();
            }
            _byText.Clear();
            _byReference.Clear();
            inner.Dispose();
        }
        base.Dispose(disposing);
    }
}
