using System.Data.Common;

namespace VoteTracker.Database;

/// <summary>A write under way: the connection of its transaction, its moment, and what it changes.</summary>
internal sealed class Write(IWriting writing, DateTimeOffset now)
{
    /// <summary>Instead of a resolution's id: all of them changed. No id has this character.</summary>
    public const string Everything = "*";

    private List<string>? _changed;

    /// <summary>The connection of this transaction.</summary>
    public DbConnection Connection => writing.Connection;

    /// <summary>The moment of this write; never before that of an earlier one.</summary>
    public DateTimeOffset Now => now;

    /// <summary>Whether statements end before their task is returned, because no server is asked.</summary>
    public bool IsLocal => writing.IsLocal;

    /// <summary>The resolutions that this write changed.</summary>
    public IReadOnlyList<string> ChangedResolutions => _changed ?? [];

    /// <summary>
    /// Said first by every write that touches what is personal: what it deletes, replaces or moves within the file is
    /// overwritten there, not only marked as free. It costs too much to do for all.
    /// </summary>
    public void OverwriteDeleted() => writing.OverwriteDeleted();

    /// <summary>
    /// Said by a write that deletes or replaces personal text. SQLite keeps the old pages in its write-ahead log; after
    /// the commit, the log is emptied. It costs a checkpoint.
    /// </summary>
    public void EraseLog() => writing.EraseLog();

    /// <summary>
    /// The contact that the response of this write shows, or null. A response that is stored for a repeated request is
    /// stored with it, and is deleted when the contact is erased.
    /// </summary>
    public string? Contact { get; set; }

    /// <summary>Says that a resolution changed, for whoever waits for that after the commit.</summary>
    public void Changes(string resolution) => (_changed ??= []).Add(resolution);
}

/// <summary>The commit may have succeeded, or not; an answer 503.</summary>
internal sealed class CommitUnknownException(Exception inner)
    : WriteUnavailableException(
        "The connection to the database was lost during the commit: read again whether the write was done.",
        TimeSpan.FromSeconds(1),
        inner
    );

/// <summary>Writing is not possible now; an answer 503.</summary>
internal class WriteUnavailableException(string message, TimeSpan retryAfter, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>When to try again.</summary>
    public TimeSpan RetryAfter => retryAfter;
}
