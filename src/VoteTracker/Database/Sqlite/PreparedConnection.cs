using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using VoteTracker.Database.Encryption;

namespace VoteTracker.Database.Sqlite;

/// <summary>
/// A connection that caches prepared statements, so the same SQL is prepared once. Dapper creates a command for each
/// statement and disposes of it. Preparing it each time would cost more than running it. Microsoft.Data.Sqlite opens the
/// file, runs scripts and creates the exceptions.
/// </summary>
internal sealed class PreparedConnection(SqliteConnection inner, PersonalTexts texts)
    : DbConnection,
        IDirectConnection,
        IEncryptingConnection
{
    // Lists are expanded in the SQL, so the number of texts is unlimited. The frequent ones are cached first.
    private const int MaxCached = 256;

    /// <summary>How long it waits for a lock of another connection, in milliseconds.</summary>
    private const int LockTimeout = 10_000;

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

    /// <summary>The encryption of the texts about people.</summary>
    public PersonalTexts Texts => texts;

    /// <summary>The engine's own connection.</summary>
    public sqlite3 Handle => inner.Handle!;

    /// <summary>How many rows this connection has changed since it was opened.</summary>
    public long ChangedRows => raw.sqlite3_total_changes(Handle);

    /// <summary>The path of the database file; empty if it is only in memory.</summary>
    public string FileName => raw.sqlite3_db_filename(Handle, "main").utf8_to_string() ?? "";

    /// <summary>Whether this user cannot write to the file.</summary>
    public bool IsReadOnly => raw.sqlite3_db_readonly(Handle, "main") == 1;

    /// <summary>How many frames of the write-ahead log are in use.</summary>
    public int CountLogFrames()
    {
        const int countOnly = -1;
        var result = raw.sqlite3_wal_checkpoint_v2(Handle, "main", countOnly, out var frames, out _);
        SqliteException.ThrowExceptionForRC(result, Handle);
        return frames;
    }

    /// <summary>
    /// Copies the write-ahead log into the file, and truncates it to zero bytes. False if readers or another writer used it
    /// during the given milliseconds.
    /// </summary>
    public bool TryTruncateLog(int timeout)
    {
        _ = raw.sqlite3_busy_timeout(Handle, timeout);
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
            _ = raw.sqlite3_busy_timeout(Handle, LockTimeout);
        }
    }

    /// <summary>From now on, closing this connection does not copy the write-ahead log into the file.</summary>
    public void KeepLogOnClose() =>
        SqliteException.ThrowExceptionForRC(
            raw.sqlite3_db_config(Handle, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, out _),
            Handle
        );

    /// <summary>Reads one number.</summary>
    public long ReadNumber(string sql)
    {
        using var reader = Read(sql, []);
        return reader.Read() ? reader.GetInt64(0) : 0;
    }

    public override void ChangeDatabase(string databaseName) => inner.ChangeDatabase(databaseName);

    /// <summary>
    /// Opens the connection. The lock timeout is set at once, because preparing a statement already reads the file. Another
    /// process can hold an exclusive lock, while it checkpoints its log or recovers the log of a killed process.
    /// </summary>
    public override void Open()
    {
        inner.Open();
        _ = raw.sqlite3_busy_timeout(Handle, LockTimeout);
    }

    public override void Close() => inner.Close();

    /// <summary>Runs several statements without parameters.</summary>
    public void RunScript(string sql)
    {
        using var command = inner.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Rents the prepared statement of a SQL text; null if it is a script of several statements.</summary>
    public Statement? Rent(string sql)
    {
        if (_byReference.TryGetValue(sql, out var cached) || _byText.TryGetValue(sql, out cached))
        {
            if (cached.TryPop(out var statement))
            {
                return statement;
            }
        }
        return Statement.Prepare(Handle, sql);
    }

    /// <summary>Returns a statement to the cache.</summary>
    public void Return(Statement statement)
    {
        statement.Reset();
        if (!_byText.TryGetValue(statement.Sql, out var cached))
        {
            if (_byText.Count >= MaxCached)
            {
                statement.Dispose();
                return;
            }
            // Nearly all SQL is a literal: the same object each time, which is found without comparing its text.
            _byText[statement.Sql] = _byReference[statement.Sql] = cached = new Stack<Statement>(1);
        }
        cached.Push(statement);
    }

    /// <summary>Runs a statement with these values, up to its first row.</summary>
    public DbDataReader Read(string sql, ReadOnlySpan<SqlValue> values)
    {
        var statement =
            Rent(sql) ?? throw new NotSupportedException("A script returns no rows. Run one statement at a time.");
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
        throw new NotSupportedException("Only the engine begins transactions.");

    protected override DbCommand CreateDbCommand() => new PreparedCommand(this);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var statement in _byText.Values.SelectMany(cached => cached))
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
