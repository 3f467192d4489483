using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace VoteTracker.Database.Sqlite;

/// <summary>
/// The writer's connection: no other process writes, so its turn is always now. Nearly all writes that fail have changed
/// nothing yet. So a commit begins without savepoints, which cost a write 4 µs of 90; if a write fails after a change,
/// the commit is done again with a savepoint for each write.
/// </summary>
internal sealed class SqliteWriting : IWriting
{
    // How long an erasure holds up the writer for readers that need the older state, in milliseconds.
    private const int MostWaitForReaders = 50;

    private readonly PreparedConnection _connection;
    private readonly DatabaseFiles? _files;
    private readonly DiskFaults _storage;
    private readonly DbCommand _begin;
    private readonly DbCommand _commit;
    private readonly DbCommand _savepoint;
    private readonly DbCommand _release;
    private readonly DbCommand _rollbackTo;
    private readonly DbCommand _overwrite;
    private readonly DbCommand _overwriteNothing;
    private bool _leavesNoTrace;
    private bool _hasSavepoints;
    private bool _erasesLog;
    private long _changesBefore;

    public SqliteWriting(PreparedConnection connection, DatabaseFiles? files, DiskFaults storage)
    {
        (_connection, _files, _storage) = (connection, files, storage);
        _begin = Prepare("BEGIN IMMEDIATE");
        _commit = Prepare("COMMIT");
        _savepoint = Prepare("SAVEPOINT one_write");
        _release = Prepare("RELEASE one_write");
        _rollbackTo = Prepare("ROLLBACK TO one_write");
        _overwrite = Prepare("PRAGMA secure_delete = ON");
        _overwriteNothing = Prepare("PRAGMA secure_delete = OFF");
    }

    public DbConnection Connection => _connection;

    public bool IsLocal => true;

    public DateTimeOffset Begin()
    {
        if (_files?.FindFaultBeforeCommit(_connection) is { } fault)
        {
            throw _storage.Stop(fault);
        }
        _begin.ExecuteNonQuery();
        return DateTimeOffset.MinValue;
    }

    public void BeginSchemaChange() => _begin.ExecuteNonQuery();

    public void BeginSavepoint()
    {
        if (_hasSavepoints)
        {
            _savepoint.ExecuteNonQuery();
        }
        else
        {
            _changesBefore = _connection.ChangedRows;
        }
    }

    public void RollbackSavepoint()
    {
        if (_hasSavepoints)
        {
            _rollbackTo.ExecuteNonQuery();
        }
        else if (_connection.ChangedRows != _changesBefore)
        {
            _hasSavepoints = true;
            throw new CommitRestartException();
        }
    }

    public void ReleaseSavepoint()
    {
        if (_hasSavepoints)
        {
            _release.ExecuteNonQuery();
        }
        if (_leavesNoTrace)
        {
            _leavesNoTrace = false;
            _overwriteNothing.ExecuteNonQuery();
        }
    }

    public void OverwriteDeleted()
    {
        _leavesNoTrace = true;
        _overwrite.ExecuteNonQuery();
    }

    public void Commit(DateTimeOffset last, IReadOnlyCollection<string> changed)
    {
        _commit.ExecuteNonQuery();
        _hasSavepoints = false;
        if (_files?.FindFaultAfterCommit(_connection) is { } fault)
        {
            throw _storage.Stop(fault);
        }
        TruncateLogIfErased();
    }

    public void EraseLog() => _erasesLog = true;

    public void Maintain()
    {
        if (
            _storage.Fault is null
            && (_files?.FindFaultBeforeCommit(_connection) ?? _files?.FindFaultAfterCommit(_connection)) is { } fault
        )
        {
            _storage.Stop(fault);
        }
        TruncateLogIfErased();
    }

    // Also called after a commit that succeeded: whatever goes wrong here, the commit must be acknowledged. If readers
    // need the older state, or the disk is full, the next call tries again.
    private void TruncateLogIfErased()
    {
        if (!_erasesLog || _storage.Fault is not null)
        {
            return;
        }
        try
        {
            _erasesLog = !_connection.TryTruncateLog(MostWaitForReaders);
        }
        catch (SqliteException exception) when (SqliteEngine.IsDamage(exception))
        {
            _storage.Stop(SqliteEngine.Damaged, exception);
        }
        catch (SqliteException)
        {
            return;
        }
    }

    public void Rollback()
    {
        try
        {
            using var rollback = Prepare("ROLLBACK");
            rollback.ExecuteNonQuery();
        }
        catch (DbException)
        {
            // The engine had rolled back by itself: what we wanted.
        }
    }

    public void Dispose()
    {
        foreach (
            var command in (DbCommand[])
                [_begin, _commit, _savepoint, _release, _rollbackTo, _overwrite, _overwriteNothing]
        )
        {
            command.Dispose();
        }
        _files?.Dispose();
        _connection.Dispose();
    }

    private DbCommand Prepare(string sql)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
