using VoteTracker.Database;
using VoteTracker.Database.Audit;

namespace VoteTracker.Security.Audit;

/// <summary>Adds entries to the audit that are not of a write.</summary>
internal static class AuditDb
{
    /// <summary>Commits an entry.</summary>
    public static Task AddAudit(this Db db, AuditEntry entry) =>
        db.WriteBookkeeping(write =>
        {
            write.AddAudit(entry);
            return Task.FromResult(true);
        });
}
