using System.Data.Common;
using VoteTracker.Database;
using VoteTracker.Database.Audit;
using VoteTracker.Database.Background;
using VoteTracker.Features.Contacts;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.PersonalData;

/// <summary>
/// Once a day, erases the contacts that were not used for `ContactDays`, in one of the replicas. It also creates the next
/// key of personal data before the current one expires.
/// </summary>
internal sealed class ApplyRetention(Db db, Settings settings, TimeProvider clock, ILogger<ApplyRetention> log)
    : BackgroundService
{
    // Nothing is erased in the first hour, so that an operator who started with a wrong clock can stop the service.
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan BetweenRuns = TimeSpan.FromHours(23);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Repeat.Every(Interval, clock, TryRun, stoppingToken);

    private async Task TryRun()
    {
        try
        {
            await using var lease = await db.TryLease("personal-data");
            if (lease is not null)
            {
                await db.Keys.Rotate();
                await EraseUnused();
            }
        }
        catch (Exception exception) when (exception is WriteUnavailableException or DbException)
        {
            // The database is not available now. The next attempt is in an hour.
        }
    }

    private async Task EraseUnused()
    {
        AuditScope.Begin(new ServiceScope(AuditEntry.Service, "retention of contacts"));
        if (settings.ContactDays == 0)
        {
            return;
        }
        var now = clock.GetUtcNow();
        var (run, change) = await db.Read(async connection =>
            (await Retention.FindLastRun(connection), await Retention.FindLastChange(connection))
        );
        if (run is not null && now >= run.RanAt && now - run.RanAt < BetweenRuns)
        {
            return;
        }
        var last = run is null || change > run.RanAt ? change : run.RanAt;
        if (!MayErase(now, last))
        {
            log.LogWarning(
                "The retention period was not applied: the clock is before the last change, or more than {Days} days after it. It is applied after the next change.",
                settings.ContactDays
            );
            return;
        }
        var contacts = await db.Read(connection => Retention.List(connection, now.AddDays(-settings.ContactDays)));
        foreach (var contact in contacts)
        {
            await Erase(contact);
        }
        await db.Write(async write =>
        {
            await Retention.InsertRun(write, contacts.Count);
            return true;
        });
        log.LogInformation("The retention period erased {Contacts} contacts.", contacts.Count);
    }

    // A clock that jumped ahead would erase contacts that are in use.
    private bool MayErase(DateTimeOffset now, DateTimeOffset? last) =>
        last is { } moment && now >= moment && now - moment <= TimeSpan.FromDays(settings.ContactDays);

    private async Task Erase(UnusedContact unused)
    {
        var (contact, texts) = await db.Read(async connection =>
            await ContactStore.Find(connection, unused.Id) is { } found
                ? (found, await ContactErasure.ListTexts(connection, found))
                : (null, NamingTexts.None)
        );
        if (contact is null)
        {
            return;
        }
        var caller = new Caller(KeyRole.Coordinator, Caller.LabelOfService, KeyId: null);
        await db.Write(async write =>
        {
            // It may have been changed in the meantime, and is then in use.
            if (
                await ContactStore.Find(write.Connection, contact.Id) is { } current
                && current.Version == contact.Version
            )
            {
                await ContactErasure.Erase(write, caller, current, texts);
            }
            return true;
        });
    }
}
