using Dapper;
using Microsoft.Extensions.DependencyInjection;
using VoteTracker.Database;
using VoteTracker.Features.Webhooks.Sending;

namespace VoteTracker.Tests.Features.Webhooks;

/// <summary>The events do not depend on which changes are read together, and on which counts are remembered.</summary>
[EveryEngine]
public sealed class EventPagesTests
{
    [TestCase(true)]
    [TestCase(false)]
    public async Task A_long_import_is_one_change_of_the_count_also_if_the_counts_are_forgotten(bool forgets)
    {
        using var app = new App(settings: new() { ["SendWebhooks"] = "false" });
        var id = await app.OpenDraft();
        var pages = new Pages(app, forgets);
        await pages.Read();
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await app.RecordStances(id, "NOR");
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        // More than a page. The majority is lost at this moment.
        var states = (await app.Anonymous.GetItems("/v1/member-states?limit=1000"))
            .Where(s => s.Text("kind") == "member" && s.Text("iso3") != "NOR")
            .Select(s => s.Text("iso3"))
            .ToList();
        using var content = new StringContent(
            $"iso3,position,certainty,evidence\n{string.Join('\n', states.Select(s => $"{s},no,likely,call"))}\n",
            System.Text.Encoding.UTF8,
            "text/csv"
        );
        using var imported = await app.Lobbyist.PostAsync($"/v1/resolutions/{id}/stances/import", content);
        imported.EnsureSuccessStatusCode();
        var events = await pages.Read();
        events.Count(type => type == "stance.changed").ShouldBe(states.Count + 1);
        states.Count.ShouldBeGreaterThan(EventFinder.MostChanges);
        events.Where(type => type == "threshold.crossed").Count().ShouldBe(2);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_date_alone_is_no_event_and_the_next_change_is_not_blamed_for_it(bool forgets)
    {
        using var app = new App(settings: new() { ["SendWebhooks"] = "false" });
        var id = await app.OpenDraft();
        using var lobbyist = app.Lobbyist;
        using var entered = await app.Coordinator.Put(
            "/v1/member-states/BRA/ineligibility",
            new { from = "2026-11-22", reason = "other" }
        );
        entered.EnsureSuccessStatusCode();
        var pages = new Pages(app, forgets);
        await app.RecordStances(id, "NOR", "BRA");
        app.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await lobbyist.RecordStance(id, "ZAF", "no");
        (await pages.Read()).Count(type => type == "threshold.crossed").ShouldBe(1);
        (await app.Lobbyist.GetJson($"/v1/resolutions/{id}/tally")).Flag("reached").ShouldBe(true);

        app.Clock.Jump(TimeSpan.FromDays(1));
        (await app.Lobbyist.GetJson($"/v1/resolutions/{id}/tally")).Flag("reached").ShouldBe(false);
        await lobbyist.RecordStance(id, "KEN", "abstain");
        (await pages.Read()).ShouldBe(["stance.changed"]);
        app.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await lobbyist.RecordStance(id, "CHL", "yes");
        (await pages.Read()).ShouldContain("threshold.crossed");
    }

    /// <summary>Reads the changes in pages, as the sender does.</summary>
    private sealed class Pages(App app, bool forgets)
    {
        private readonly EventFinder _finder = ActivatorUtilities.CreateInstance<EventFinder>(app.Services);
        private long _seq;

        /// <summary>The types of the events since the last call.</summary>
        public async Task<IReadOnlyList<string>> Read()
        {
            var db = app.Services.GetRequiredService<Db>();
            var newest = await db.Read(connection =>
                connection.ExecuteScalarAsync<long>("SELECT COALESCE(MAX(seq), 0) FROM change")
            );
            var types = new List<string>();
            while (_seq < newest)
            {
                var (events, seq) = await db.Read(connection =>
                    _finder.Find(connection, _seq, newest, countsTallies: true)
                );
                types.AddRange(events.Select(e => e.Type));
                seq.ShouldBeGreaterThan(_seq);
                _seq = seq;
                if (forgets)
                {
                    _finder.Clear();
                }
            }
            return types;
        }
    }
}
