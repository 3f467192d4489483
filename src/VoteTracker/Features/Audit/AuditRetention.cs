using VoteTracker.Database;
using VoteTracker.Database.Audit;

namespace VoteTracker.Features.Audit;

/// <summary>
/// Deletes the entries that are older than the setting `AuditDays`. An entry records the new beginning, so that the chain
/// stays complete.
/// </summary>
/// <remarks>
/// A wrong clock must not delete the audit. If the clock at the start is far after the newest entry that is at least a day
/// old, or jumps while the service runs, nothing is deleted for a day. An operator has this day to set the clock. Entries
/// that were written with the wrong clock meanwhile do not shorten it, also if the service is started again.
/// </remarks>
internal sealed class AuditRetention(Db db, Settings settings, TimeProvider clock, ILogger<AuditRetention> log)
    : HourlyDeletion(clock)
{
    /// <summary>How many entries one write deletes, so that other writes do not wait long.</summary>
    private const int MostAtOnce = 5_000;

    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(8);
    private static readonly TimeSpan LargestDrift = TimeSpan.FromHours(1);
    private static readonly TimeSpan Wait = TimeSpan.FromDays(1);

    private (DateTimeOffset Moment, long Timestamp)? _since;
    private bool _isWaiting;

    protected override async Task Delete(DateTimeOffset now)
    {
        if (settings.AuditDays == 0)
        {
            return;
        }
        var span = await db.Read(connection => AuditStore.FindSpan(connection, now - Wait));
        if (span?.NewestBefore is not { } newest)
        {
            return;
        }
        var before = now.AddDays(-settings.AuditDays);
        if (IsClockDoubtful(newest, now) || span.Oldest >= before)
        {
            return;
        }
        AuditScope.Begin(new ServiceScope(AuditEntry.Service, "delete old entries"));
        while (await DeleteSome(before) == MostAtOnce) { }
    }

    private Task<long> DeleteSome(DateTimeOffset before) =>
        db.Write(async write =>
        {
            var chain = await AuditStore.FindChain(write.Connection);
            var first = chain is null ? 0 : AuditStore.FindFirstKept(write.Connection, chain, before, MostAtOnce);
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

    private bool IsClockDoubtful(DateTimeOffset newest, DateTimeOffset now)
    {
        if (_since is not { } since)
        {
            Note(now, now - newest > LongestPause);
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
                "The clock is far after the entries of the audit, or was set. Old entries are not deleted for a day. Check that {Moment:u} is the time.",
                now
            );
        }
    }
}
