using Microsoft.Extensions.Time.Testing;

namespace VoteTracker.Tests.Features.Audit;

/// <summary>Old entries are deleted, and the chain stays valid. A clock that jumps deletes nothing for a day.</summary>
[EveryEngine]
public sealed class AuditRetentionTests
{
    private static readonly Dictionary<string, string> TwoDays = new(StringComparer.Ordinal) { ["AuditDays"] = "2" };

    [Test]
    public async Task Entries_older_than_the_setting_are_deleted_and_the_chain_stays_valid()
    {
        using var folder = new Process.Folder();
        var clock = Clocks.NewYorkMorning();
        long old;
        using (var app = new App(clock, TwoDays, folder))
        {
            await app.OpenDraft();
            old = app.LastEntry();
            clock.Jump(TimeSpan.FromDays(1));
        }
        using (var app = new App(clock, TwoDays, folder))
        {
            await app.OpenDraft(symbol: "A/ES-10/L.35");
            app.LastEntry().ShouldBeGreaterThan(old);
            AuditRequests.Entries(folder)[0].Seq.ShouldBe(1, "nothing is old");
            clock.Jump(TimeSpan.FromDays(1.5));
        }
        using (var app = new App(clock, TwoDays, folder))
        {
            app.CreateClient().Dispose();
            var entries = AuditRequests.Entries(folder);
            entries[0].Seq.ShouldBe(old + 1);
            var retention = entries[^1];
            (retention.Action, retention.Author, retention.Count).ShouldBe(("retention", "service", old));
            retention.Target.ShouldNotBeNull().ShouldStartWith($"first={old + 1}&hash=");
            var check = await app.Verify();
            (check.Fault, check.First).ShouldBe((null, old + 1));
            // The record of the new beginning must match it.
            app.Tamper($"DELETE FROM audit_entry WHERE seq = {old + 1}");
            (await app.Verify()).Fault.ShouldBe($"Entry {old + 1} is missing.");
        }
    }

    [Test]
    public async Task A_clock_that_is_a_year_ahead_deletes_nothing_for_a_day()
    {
        using var folder = new Process.Folder();
        var clock = Clocks.NewYorkMorning();
        using (var app = new App(clock, TwoDays, folder))
        {
            await app.OpenDraft();
        }
        var ahead = new FakeTimeProvider(clock.GetUtcNow().AddYears(1));
        using (var app = new App(ahead, TwoDays, folder))
        {
            app.CreateClient().Dispose();
            AuditRequests.Entries(folder)[0].Seq.ShouldBe(1);
            app.Log.ShouldContain(line =>
                line.Contains("Old entries are not deleted for a day", StringComparison.Ordinal)
            );
            // It does not help to write with the wrong clock, and to start again.
            await app.OpenDraft(symbol: "A/ES-10/L.35");
            ahead.Advance(TimeSpan.FromHours(2));
        }
        using (var app = new App(ahead, TwoDays, folder))
        {
            app.CreateClient().Dispose();
            AuditRequests.Entries(folder)[0].Seq.ShouldBe(1);
            ahead.Advance(TimeSpan.FromHours(25));
            using var limit = new CancellationTokenSource(Hang.Limit);
            // The hourly timer may begin only now.
            while (!AuditRequests.Entries(folder).Any(entry => entry.Action == "retention"))
            {
                ahead.Advance(TimeSpan.FromHours(1));
                await Task.Delay(20, limit.Token);
            }
            (await app.Verify()).Fault.ShouldBeNull();
        }
    }

    [Test]
    public async Task Without_a_limit_nothing_is_deleted()
    {
        using var folder = new Process.Folder();
        var clock = Clocks.NewYorkMorning();
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["AuditDays"] = "0" };
        using (var app = new App(clock, settings, folder))
        {
            await app.OpenDraft();
            clock.Jump(TimeSpan.FromDays(6));
        }
        using var later = new App(clock, settings, folder);
        later.CreateClient().Dispose();
        AuditRequests.Entries(folder)[0].Seq.ShouldBe(1);
    }
}
