using VoteTracker.Database;
using VoteTracker.Database.Audit;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Security.Audit;

/// <summary>Counts the requests with a key that is wrong, expired or revoked, by address.</summary>
internal sealed class RefusedKeys(Db db, TimeProvider clock, ILogger<RefusedKeys> log) : RefusedRequests(db, clock)
{
    /// <summary>The operation of the entries.</summary>
    public const string Operation = "refused keys";

    /// <summary>Counts a request.</summary>
    public void Add(HttpContext http) =>
        Add(
            new AuditEntry
            {
                Action = EnumWord<AuditAction>.ToWord(AuditAction.RefusedKey),
                Operation = Operation,
                Author = Rights.Anonymous,
                Address = NetworkOf(http),
            }
        );

    /// <inheritdoc/>
    protected override AuditEntry GroupOfOthers(AuditEntry entry) => entry with { Address = OtherAddresses };

    /// <inheritdoc/>
    protected override void LogFailure(string kind) =>
        log.LogError("The count of refused keys could not be written: {Kind}", kind);
}
