using System.Data.Common;

namespace VoteTracker.Database;

/// <summary>What differs between the databases, behind <see cref="Db"/>: how one connects, reads, and takes turns to write.</summary>
internal interface IEngine : IDisposable
{
    /// <summary>The engine and its version, for the probes.</summary>
    string Version { get; }

    /// <summary>Where the database is, for people: a path, or a server and a database. Never a password.</summary>
    string Location { get; }

    /// <summary>Where what is large and passing is put: beside a file, on the same disk.</summary>
    string Folder { get; }

    /// <summary>The folder of its migrations.</summary>
    string Migrations { get; }

    /// <summary>The connection that writes.</summary>
    IWriting OpenWriting();

    /// <summary>Runs a read on one state of the whole database.</summary>
    Task<T> Read<T>(Func<DbConnection, Task<T>> work);

    /// <summary>Takes the right to serve the database, where only one process may; a <see cref="SettingException"/> if another has it.</summary>
    IDisposable? Serve();

    /// <summary>Reads what shows whether the database can be read, not from a cache; throws if it cannot.</summary>
    Task Probe();

    /// <summary>Since when what others commit is not heard of, where it should be; else null.</summary>
    TimeSpan? DisconnectedFor { get; }

    /// <summary>Hears what others commit until it is stopped; `begins` is called whenever it begins to hear.</summary>
    Task ListenToReplicas(Action<IReadOnlyCollection<string>> told, Func<Task> begins, CancellationToken stop);

    /// <summary>
    /// The right to do what is to be done by one process at a time, until it is disposed of or its process ends; null
    /// where another has it.
    /// </summary>
    Task<IAsyncDisposable?> TryLease(string name);

    /// <summary>Where the database is, as text to compare; null if the connection is to a server that is a standby.</summary>
    string? FindPlace(DbConnection connection);

    /// <summary>Whether there is nothing in it.</summary>
    Task<bool> IsEmpty();

    /// <summary>Its tables as they are, for a copy of all of them.</summary>
    IReadOnlyList<TableShape> Tables(DbConnection connection);

    /// <summary>After rows were written with numbers of their own: the next is after the last.</summary>
    void ResetSequences(DbConnection connection);

    /// <summary>Its tables and columns, a line each; nothing where the engine does not look.</summary>
    IReadOnlyList<string> DescribeSchema(DbConnection connection);
}

/// <summary>The one connection of this process that writes, and the transaction it is in. Used by the writer's thread alone.</summary>
internal interface IWriting : IDisposable
{
    /// <summary>The statements of the writes; each is done when its task is handed over.</summary>
    DbConnection Connection { get; }

    /// <summary>Whether a commit waits for the disk of this machine and nothing else.</summary>
    bool IsLocal { get; }

    /// <summary>Whether nothing has been committed on this connection yet: it can be to another server than the one before.</summary>
    bool IsNew => false;

    /// <summary>Begins a commit, when it is this process's turn; the moment of the last write of all, where the engine keeps it.</summary>
    DateTimeOffset Begin();

    /// <summary>Begins to change the schema, while nobody else does.</summary>
    void BeginSchemaChange();

    /// <summary>Begins one write of the commit.</summary>
    void BeginSavepoint();

    /// <summary>
    /// Takes back what the write did; a <see cref="CommitRestartException"/> where only the whole commit can be taken
    /// back.
    /// </summary>
    void RollbackSavepoint();

    /// <summary>Ends it, done or taken back.</summary>
    void ReleaseSavepoint();

    /// <summary>From here to the end of this write, what is deleted or replaced is overwritten where it lies.</summary>
    void OverwriteDeleted();

    /// <summary>After this commit, what it deleted or replaced is also removed from the log; soon, if readers need it.</summary>
    void EraseLog();

    /// <summary>Does what is left to do between two commits: called every second while the service runs.</summary>
    void Maintain();

    /// <summary>Commits all of them, on disk when it returns.</summary>
    void Commit(DateTimeOffset last, IReadOnlyCollection<string> changed);

    /// <summary>Takes back all of them; the next begins anew, on a new connection if need be.</summary>
    void Rollback();
}

/// <summary>A commit is to be rolled back and done again: then each write can be taken back alone.</summary>
internal sealed class CommitRestartException() : Exception("The commit is done again with a savepoint a write.");
