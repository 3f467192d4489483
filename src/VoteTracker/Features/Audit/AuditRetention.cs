using VoteTracker.Database;
using VoteTracker.Database.Audit;

namespace VoteTracker.Features.Audit;

/// <summary>
/// Deletes the entries that are older than the setting `AuditDays`. An entry records the new beginning, so that the chain
/// stays complete.
/// </summary>
/// <remarks>
/// A wrong clock must not delete the audit. If the clock is far after the newest entry at the start, or jumps while the
/// service runs, nothing is deleted for a day. An operator has this day to set the clock.
/// </remarks>
internal sealed class AuditRetention(Db db, Settings settings, TimeProvider clock, ILogger<AuditRetention> log)
    : HourlyDeletion(clock)
{
    /// <summary>How many entries one write deletes, so that other writes do not wait long.</summary>
    private const int MostAtOnce = 5_000;

    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(7);
    private static readonly TimeSpan LargestDrift = TimeSpan.FromHours(1);
    private static readonly TimeSpan Wait = TimeSpan.FromDays(1);

    private (DateTimeOffset Moment, long Timestamp)? _since;
    private bool _isWaiting;

    protected override async Task Delete(DateTimeOffset now)
    {
        if (settings.AuditDays == 0 || await db.Read(AuditStore.FindChain) is not { } chain)
        {
            return;
        }
        if (await IsClockDoubtful(chain, now))
        {
            return;
        }
        AuditScope.Begin(new ServiceScope(AuditEntry.Service, "delete old entries"));
        while (await DeleteSome(now.AddDays(-settings.AuditDays)) == MostAtOnce) { }
    }

    private Task<long> DeleteSome(DateTimeOffset before) =>
        db.Write(async write =>
        {
            var chain = await AuditStore.FindChain(write.Connection);
            var first = chain is null ? 0 : await AuditStore.FindFirstKept(write.Connection, chain, before, MostAtOnce);
            if (chain is null || first <= chain.FirstSeq)
            {
                write.SkipAudit();
                return 0;
            }
            var deleted = first - chain.FirstSeq;
            var hash = await AuditStore.DeleteBefore(write, first);
            write.SetAudit(AuditEntry.Retention, AuditCheck.TextOfBeginning(first, hash), deleted);
            return deleted;
        });

    private async Task<bool> IsClockDoubtful(AuditStore.ChainRow chain, DateTimeOffset now)
    {
        if (_since is not { } since)
        {
            var newest = await db.Read(connection => AuditStore.Find(connection, chain.LastSeq));
            Note(now, newest is not null && now - newest.At > LongestPause);
        }
        else if ((now - since.Moment - Clock.GetElapsedTime(since.Timestamp)).Duration() > LargestDrift)
        {
            Note(now, isDoubtful: true);
        }
        else if (_isWaiting && Clock.GetElapsedTime(since.Timestamp) >= Wait)
        {
            Note(now, isDoubtful: false);
        }
        return _isWaiting;
    }

    private void Note(DateTimeOffset now, bool isDoubtful)
    {
        (_since, _isWaiting) = ((now, Clock.GetTimestamp()), isDoubtful);
        if (isDoubtful)
        {
            log.LogWarning(
                "The clock is far from the newest entry of the audit, or was set. Old entries are not deleted for a day. Check that {Moment:u} is the time.",
                now
            );
        }
    }
}
