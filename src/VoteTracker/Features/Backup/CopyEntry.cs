using VoteTracker.Database;
using VoteTracker.Database.Audit;
using VoteTracker.Security.Audit;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Backup;

/// <summary>The entry of the audit for a copy of the whole database: a backup, or a copy to another database.</summary>
internal static class CopyEntry
{
    /// <summary>
    /// Commits the entry before the copy is made, so that the copy has it too. A database that cannot be written, or that
    /// has no audit yet, can still be copied.
    /// </summary>
    /// <returns>A sentence that says that there is no entry; null if there is one.</returns>
    public static async Task<string?> TryAdd(Db db, string author, string operation)
    {
        try
        {
            await db.AddAudit(
                new AuditEntry
                {
                    Action = EnumWord<AuditAction>.ToWord(AuditAction.Read),
                    Operation = operation,
                    Author = author,
                }
            );
            return null;
        }
        catch (Exception exception) when (BackupFaults.Include(exception) || exception is SettingException)
        {
            return $"The audit has no entry of this {operation}, because the database cannot be written or has no audit yet.";
        }
    }
}
