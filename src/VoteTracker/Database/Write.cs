using System.Data.Common;
using VoteTracker.Database.Audit;

namespace VoteTracker.Database;

/// <summary>A write that is running: the connection of its transaction, its moment, and the resolutions that it changes.</summary>
internal sealed class Write(IWriting writing, DateTimeOffset now)
{
    /// <summary>Instead of a resolution's id: all resolutions changed. No id contains this character.</summary>
    public const string Everything = "*";

    private List<string>? _changed;
    private List<AuditEntry>? _auditEntries;

    /// <summary>The connection of this transaction.</summary>
    public DbConnection Connection => writing.Connection;

    /// <summary>The moment of this write. It is never before the moment of an earlier write.</summary>
    public DateTimeOffset Now => now;

    /// <summary>Whether statements complete synchronously, because there is no server.</summary>
    public bool IsLocal => writing.IsLocal;

    /// <summary>The resolutions that this write changed.</summary>
    public IReadOnlyList<string> ChangedResolutions => _changed ?? [];

    /// <summary>
    /// Called first by every write that touches personal data. Deleted, replaced or moved data is overwritten in the file
    /// instead of being marked as free. It is too slow for all writes.
    /// </summary>
    public void OverwriteDeleted() => writing.OverwriteDeleted();

    /// <summary>
    /// Called by a write that deletes or replaces personal data. SQLite leaves the old pages in its write-ahead log, so
    /// the log is truncated after the commit. It costs a checkpoint.
    /// </summary>
    public void EraseLog() => writing.EraseLog();

    /// <summary>Instead of a contact: the response can show any contact.</summary>
    public const string AnyContact = "?";

    /// <summary>
    /// The contact or the comment that the response of this write shows, or null. A response that is stored for a repeated
    /// request is stored with it, and is deleted when the contact is erased or the comment is deleted.
    /// </summary>
    public string? Contact { get; set; }

    /// <summary>Sets <see cref="Contact"/> to the contacts that the response shows.</summary>
    public void SetContacts(IReadOnlyList<string> contacts) =>
        Contact =
            contacts.Count == 0 ? null
            : contacts.Count == 1 ? contacts[0]
            : AnyContact;

    /// <summary>The kind of the entry in the audit; null for the usual one of its scope.</summary>
    public string? AuditAction { get; private set; }

    /// <summary>What the entry names besides the address of the request; null for nothing.</summary>
    public string? AuditTarget { get; private set; }

    /// <summary>The number of requests or entries that the entry counts.</summary>
    public long AuditCount { get; private set; } = 1;

    /// <summary>Whether the write found nothing to change, so that it has no entry in the audit.</summary>
    public bool HasNoEntry { get; private set; }

    /// <summary>The entries of this write besides the one of its scope.</summary>
    public IReadOnlyList<AuditEntry> AuditEntries => _auditEntries ?? [];

    /// <summary>Sets the kind of the entry in the audit, and what it names.</summary>
    public void SetAudit(string action, string? target = null, long count = 1) =>
        (AuditAction, AuditTarget, AuditCount) = (action, target, count);

    /// <summary>Called by a write that found nothing to change.</summary>
    public void SkipAudit() => HasNoEntry = true;

    /// <summary>Returns the number of changed rows. A write that changed none has no entry.</summary>
    public int CountChanged(int rows)
    {
        HasNoEntry = rows == 0;
        return rows;
    }

    /// <summary>Adds an entry to the audit, with the moment of this write.</summary>
    public void AddAudit(AuditEntry entry) => (_auditEntries ??= []).Add(entry with { At = now });

    /// <summary>Marks a resolution as changed. Its listeners are notified after the commit.</summary>
    public void Changes(string resolution) => (_changed ??= []).Add(resolution);
}

/// <summary>It is unknown whether the commit succeeded. The response is a 503.</summary>
internal sealed class CommitUnknownException(Exception inner)
    : WriteUnavailableException(
        "The connection to the database was lost during the commit. Read again to see whether the write was committed.",
        TimeSpan.FromSeconds(1),
        inner
    );

/// <summary>Writing is not possible now. The response is a 503.</summary>
internal class WriteUnavailableException(string message, TimeSpan retryAfter, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>When the client should retry.</summary>
    public TimeSpan RetryAfter => retryAfter;
}
