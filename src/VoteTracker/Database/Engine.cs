using System.Data.Common;
using VoteTracker.Database.Audit;
using VoteTracker.Database.Encryption;
using VoteTracker.Database.Telemetry;

namespace VoteTracker.Database;

/// <summary>What differs between the databases, behind <see cref="Db"/>: connections, reads, the writing connection, copies.</summary>
internal interface IEngine : IDisposable
{
    /// <summary>The engine and its version, for the health endpoints.</summary>
    string Version { get; }

    /// <summary>The location of the database for people: a path, or a server and a database. Never a password.</summary>
    string Location { get; }

    /// <summary>The folder for large temporary files.</summary>
    string Folder { get; }

    /// <summary>The folder of its migrations.</summary>
    string Migrations { get; }

    /// <summary>Whether the database is a file of this machine.</summary>
    bool IsLocal { get; }

    /// <summary>The encryption of its texts about people. Every connection has it.</summary>
    PersonalTexts Texts { get; }

    /// <summary>Creates the connection that writes.</summary>
    IWriting OpenWriting();

    /// <summary>Runs a read on one snapshot of the whole database.</summary>
    Task<T> Read<T>(Func<DbConnection, Task<T>> work);

    /// <summary>
    /// Locks the database, if only one process may serve it. A <see cref="SettingException"/> if another process has the
    /// lock.
    /// </summary>
    IDisposable? LockForServing();

    /// <summary>Reads enough to see that the database is readable, without a cache. Throws if it is not.</summary>
    Task Probe();

    /// <summary>Loads the size of the database.</summary>
    Task<DatabaseSize> LoadSize();

    /// <summary>How long commits of other replicas have not been received, although they should be; otherwise null.</summary>
    TimeSpan? DisconnectedFor { get; }

    /// <summary>
    /// Receives the commits of other replicas until it is stopped. `onConnected` is called each time a connection begins
    /// to receive them.
    /// </summary>
    Task ListenToReplicas(
        Action<IReadOnlyCollection<string>> onCommitted,
        Func<Task> onConnected,
        CancellationToken stop
    );

    /// <summary>
    /// Takes a lock that only one process can hold, until it is disposed of or the process ends. Null if another process
    /// holds it.
    /// </summary>
    Task<IAsyncDisposable?> TryLease(string name);

    /// <summary>The place of the database as text, to compare. Null if the connection is to a standby server.</summary>
    string? FindPlace(DbConnection connection);

    /// <summary>Whether the database has no tables.</summary>
    Task<bool> IsEmpty();

    /// <summary>Whether it has a table of this name.</summary>
    bool HasTable(DbConnection connection, string name);

    /// <summary>Lists the tables of the service that the user of the connection may not read and write.</summary>
    IReadOnlyList<string> ListForbiddenTables(DbConnection connection);

    /// <summary>The server's own clock; null if the database has none.</summary>
    Task<DateTimeOffset?> FindClock();

    /// <summary>Lists its tables with their columns, for a copy of all of them.</summary>
    IReadOnlyList<TableShape> Tables(DbConnection connection);

    /// <summary>After rows were inserted with explicit numbers: sets each sequence to the number after the last.</summary>
    void ResetSequences(DbConnection connection);

    /// <summary>Describes tables and columns, one line each. Empty if the engine does not compare schemas.</summary>
    IReadOnlyList<string> DescribeSchema(DbConnection connection);

    /// <summary>
    /// Writes a consistent copy to an empty file, and compares its rows with the database. A
    /// <see cref="SettingException"/> if the engine has other tools.
    /// </summary>
    void CopyTo(string file);
}

/// <summary>The one connection of this process that writes, with its transaction. Only the writer's thread uses it.</summary>
internal interface IWriting : IDisposable
{
    /// <summary>The connection for the statements of the writes. Each statement is complete when its task is returned.</summary>
    DbConnection Connection { get; }

    /// <summary>Whether a commit waits only for the disk of this machine.</summary>
    bool IsLocal { get; }

    /// <summary>Whether nothing has been committed on this connection yet. It can be to another server than the last one.</summary>
    bool IsNew => false;

    /// <summary>Begins a transaction when it is this process's turn. Returns the moment of the last write, if the engine stores it.</summary>
    DateTimeOffset Begin();

    /// <summary>Begins a transaction that changes the schema, while no other process does.</summary>
    void BeginSchemaChange();

    /// <summary>Begins one write of the transaction.</summary>
    void BeginSavepoint();

    /// <summary>
    /// Rolls back one write. A <see cref="CommitRestartException"/> if only the whole transaction can be rolled back.
    /// </summary>
    void RollbackSavepoint();

    /// <summary>Ends one write, whether it was rolled back or not.</summary>
    void ReleaseSavepoint();

    /// <summary>Until the end of this write, deleted or replaced rows are overwritten with zeros in the file.</summary>
    void OverwriteDeleted();

    /// <summary>After this commit, deleted or replaced rows are also removed from the log, at once or when readers allow it.</summary>
    void EraseLog();

    /// <summary>Lets this process copy the write-ahead log into the database file.</summary>
    void EnableCheckpoints();

    /// <summary>Runs the work that remains between commits. Called every second while the service runs.</summary>
    void Maintain();

    /// <summary>Appends entries to the audit, as the last step before the commit.</summary>
    void AppendAudit(IReadOnlyList<AuditEntry> entries);

    /// <summary>Commits all writes. They are on disk when it returns.</summary>
    void Commit(DateTimeOffset last, IReadOnlyCollection<string> changed);

    /// <summary>Rolls back all writes. The next transaction begins on a new connection if necessary.</summary>
    void Rollback();
}

/// <summary>The transaction must be rolled back and run again, with a savepoint for each write.</summary>
internal sealed class CommitRestartException()
    : Exception("The transaction runs again with a savepoint for each write.");
