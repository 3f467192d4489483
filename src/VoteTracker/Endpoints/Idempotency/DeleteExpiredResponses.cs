using VoteTracker.Database;
using VoteTracker.Database.Background;

namespace VoteTracker.Endpoints.Idempotency;

/// <summary>
/// Deletes stored responses that are older than a day. Without it, the last ones would stay in the database until the next
/// request with an `Idempotency-Key`.
/// </summary>
internal sealed class DeleteExpiredResponses(Db db, TimeProvider clock) : HourlyDeletion(clock)
{
    protected override Task Delete(DateTimeOffset now) => StoredResponse.DeleteExpired(db, now);
}
