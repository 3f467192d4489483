using VoteTracker.Database.Background;

namespace VoteTracker.Security;

/// <summary>Deletes sessions of pages that have expired.</summary>
internal sealed class DeleteExpiredSessions(PageSessions sessions, TimeProvider clock) : HourlyDeletion(clock)
{
    protected override Task Delete(DateTimeOffset now) => sessions.DeleteExpired(now);
}
