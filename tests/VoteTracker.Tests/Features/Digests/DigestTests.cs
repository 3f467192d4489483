using VoteTracker.Tests.Features.Briefs;
using VoteTracker.Tests.Features.Engagements;

namespace VoteTracker.Tests.Features.Digests;

/// <summary>The digest: what changed since a moment.</summary>
[EveryEngine]
public sealed class DigestTests
{
    private static readonly string[] OfTheTeam = ["mentions", "dueTasks", "overdueTasks"];

    [Test]
    public async Task The_digest_has_the_tally_then_and_now_and_the_movers_by_their_effect()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await app.Lobbyist.Stance(draft, "no", iso3: "ZAF");
        await app.Lobbyist.Stance(draft, "yes", iso3: "BRA");
        await app.Lobbyist.Stance(draft, "yes", iso3: "IND");
        app.Clock.Jump(TimeSpan.FromDays(2));
        await app.Lobbyist.Stance(draft, "abstain", iso3: "BRA", reason: "New instructions.");
        await app.Lobbyist.Stance(draft, "yes", iso3: "ZAF");
        await app.Lobbyist.Stance(draft, "yes", iso3: "IND", certainty: "confirmed");
        app.Clock.Jump(TimeSpan.FromHours(1));

        var digest = await app.Viewer.GetJson("/v1/digest?since=24h");

        var since = app.Clock.GetUtcNow().AddDays(-1);
        (digest.Moment("since"), digest.Moment("at")).ShouldBe((since, app.Clock.GetUtcNow()));
        var found = digest.List("resolutions").ShouldHaveSingleItem();
        var diff = await app.Viewer.GetJson($"/v1/resolutions/{draft}/diff?from={since.Iso()}");
        (found.Text("resolution"), found.Text("symbol"), found.Moment("from")).ShouldBe((draft, "A/ES-10/L.34", since));
        found.Field("before")!.ToJsonString().ShouldBe(diff.Field("before")!.ToJsonString());
        found.Field("after")!.ToJsonString().ShouldBe(diff.Field("after")!.ToJsonString());
        found.Int("marginChange").ShouldBe(2);
        found
            .List("moves")
            .Select(m => (m.Text("memberState"), m.Text("from"), m.Text("to"), m.Int("effect"), m.Text("reason")))
            .ShouldBe([
                ("ZAF", "no", "yes", 3, null),
                ("BRA", "yes", "abstain", -1, "New instructions."),
                ("IND", "yes", "yes", 0, null),
            ]);
        found.List("moves").Sum(m => m.Int("effect")).ShouldBe(found.Int("marginChange"));
    }

    [Test]
    public async Task The_digest_lists_co_sponsors_that_changed()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await app.Lobbyist.CoSponsor(draft, "approached", "NOR");
        await app.Lobbyist.CoSponsor(draft, "signed", "SWE");
        await app.Lobbyist.CoSponsor(draft, "wanted", "FIN");
        await app.Lobbyist.CoSponsor(draft, "signed", "ISL");
        app.Clock.Jump(TimeSpan.FromDays(2));
        await app.Lobbyist.CoSponsor(draft, "committed", "NOR");
        await app.Coordinator.CoSponsor(draft, "signed", "NOR");
        using var deleted = await app.Lobbyist.Send(HttpMethod.Delete, $"/v1/resolutions/{draft}/co-sponsors/SWE");
        deleted.EnsureSuccessStatusCode();
        await app.Lobbyist.CoSponsor(draft, "approached", "FIN");
        await app.Lobbyist.CoSponsor(draft, "wanted", "FIN");
        await app.Lobbyist.CoSponsor(draft, "wanted", "PSE");
        var found = (await app.Viewer.GetJson("/v1/digest")).List("resolutions").ShouldHaveSingleItem();
        found
            .List("coSponsors")
            .Select(c => (c.Text("memberState"), c.Text("from"), c.Text("to"), c.Text("changedBy")))
            .ShouldBe([
                ("NOR", "approached", "signed", "coordinator"),
                ("PSE", null, "wanted", "lobbyist"),
                ("SWE", "signed", null, "lobbyist"),
            ]);
        (await app.Viewer.GetMarkdown("/v1/digest")).ShouldContain(
            "| Norway | approached | signed, additional | coordinator |\n"
        );
    }

    [Test]
    public async Task The_digest_lists_gaps_that_were_opened_and_closed()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await app.Lobbyist.Add(
            "/v1/tasks",
            new
            {
                what = "Call",
                memberState = "SWE",
                resolution = draft,
                dueOn = "2026-11-22",
            }
        );
        await app.Lobbyist.Assign(draft, "FIN");
        app.Clock.Jump(TimeSpan.FromDays(2));
        await app.Lobbyist.Assign(draft, "NOR");
        using var ended = await app.Lobbyist.Send(HttpMethod.Delete, $"/v1/resolutions/{draft}/assignments/FIN");
        ended.EnsureSuccessStatusCode();
        await app.Lobbyist.Add("/v1/engagements", DeskRequests.Meeting(new { resolution = draft, on = "2026-11-23" }));
        var found = (await app.Lobbyist.GetJson("/v1/digest?since=36h")).List("resolutions").ShouldHaveSingleItem();
        var opened = found.List("gapsOpened").Select(g => (g.Text("memberState"), g.Text("kind"))).ToList();
        var closed = found.List("gapsClosed").Select(g => (g.Text("memberState"), g.Text("kind"))).ToList();
        // The meeting was with the mission alone.
        opened.ShouldBeInAnyOrder([("SWE", "overdue-task"), ("FIN", "no-assignee"), ("NOR", "capital-not-contacted")]);
        closed.ShouldContain(("NOR", "no-assignee"));
        closed.ShouldContain(("NOR", "never-contacted"));
        closed.ShouldAllBe(gap => gap.Item1 == "NOR");
        found.List("more").ShouldBeEmpty();
        var text = await app.Lobbyist.GetMarkdown("/v1/digest?since=36h");
        text.ShouldContain("### New gaps\n");
        text.ShouldContain("### Closed gaps\n");
    }

    [Test]
    public async Task The_digest_lists_mentions_of_the_caller_and_tasks_that_are_due()
    {
        using var app = new App();
        using var other = await app.Member("Desk of Geneva");
        using var lobbyist = app.Lobbyist;
        var draft = await app.OpenDraft();
        await other.Comment(draft, "@lobbyist an old one");
        app.Clock.Jump(TimeSpan.FromDays(2));
        await other.Comment(draft, "@lobbyist please call | today");
        await other.Comment(draft, "@coordinator please call");
        await app.Lobbyist.Add(
            "/v1/tasks",
            new
            {
                what = "Yesterday",
                dueOn = "2026-11-22",
                assignee = "me",
            }
        );
        await app.Lobbyist.Add(
            "/v1/tasks",
            new
            {
                what = "Today",
                dueOn = "2026-11-23",
                resolution = draft,
            }
        );
        await app.Lobbyist.Add("/v1/tasks", new { what = "Tomorrow", dueOn = "2026-11-24" });
        await app.Lobbyist.Add("/v1/tasks", new { what = "Some day" });
        await app.Lobbyist.Add(
            "/v1/tasks",
            new
            {
                what = "Done",
                dueOn = "2026-11-22",
                doneOn = "2026-11-22",
            }
        );
        var digest = await app.Lobbyist.GetJson("/v1/digest");
        digest.Texts("mentions", "text").ShouldBe(["@lobbyist please call | today"]);
        digest.Texts("dueTasks", "what").ShouldBe(["Today"]);
        digest.Texts("overdueTasks", "what").ShouldBe(["Yesterday"]);
        var ofDraft = await app.Lobbyist.GetJson($"/v1/digest?resolution={draft}");
        (ofDraft.List("mentions").Count, ofDraft.List("dueTasks").Count, ofDraft.List("overdueTasks").Count).ShouldBe(
            (1, 1, 0)
        );
        var viewer = (await app.Viewer.GetJson("/v1/digest")).AsObject();
        OfTheTeam.ShouldAllBe(name => !viewer.ContainsKey(name));
        viewer["resolutions"]![0]!.AsObject().ContainsKey("gapsOpened").ShouldBeFalse();
        var text = await app.Lobbyist.GetMarkdown("/v1/digest?lang=fr");
        text.ShouldStartWith("# Ce qui a changé depuis le 22 novembre 2026 à 15:00 UTC\n");
        text.ShouldContain("@lobbyist please call \\| today\n");
        text.ShouldContain("- Yesterday (lobbyist, pour le 22 novembre 2026)\n");
    }

    [Test]
    public async Task Open_resolutions_come_newest_first_and_a_vote_before_then_only_by_its_id()
    {
        using var app = new App();
        var voted = await app.OpenDraft(symbol: "A/ES-10/L.90");
        using var recorded = await app.Coordinator.Put(
            $"/v1/resolutions/{voted}/roll-call?missing=non-voting",
            new { recordedOn = "2026-11-21", votes = new[] { new { memberState = "NOR", vote = "yes" } } }
        );
        recorded.EnsureSuccessStatusCode();
        app.Clock.Jump(TimeSpan.FromDays(2));
        for (var i = 1; i <= 11; i++)
        {
            await app.OpenDraft(symbol: $"A/ES-10/L.{i}");
        }
        var digest = await app.Viewer.GetJson("/v1/digest");
        digest.Texts("resolutions", "resolution").ShouldBe(Enumerable.Range(0, 10).Select(i => $"es-10-l-{11 - i}"));
        digest.Words("more").ShouldBe(["resolutions"]);
        digest = await app.Viewer.GetJson($"/v1/digest?resolution={voted}");
        digest.Texts("resolutions", "resolution").ShouldBe([voted]);
        digest.List("more").ShouldBeEmpty();
    }

    [TestCase("24h", "2026-11-20T15:00:00Z")]
    [TestCase("7d", "2026-11-14T15:00:00Z")]
    [TestCase("2026-11-20", "2026-11-20T05:00:00Z")]
    [TestCase("2026-11-20T12:00:00Z", "2026-11-20T12:00:00Z")]
    [TestCase("1945-10-24", "1945-10-24T05:00:00Z")]
    public async Task Since_is_a_moment_a_day_or_a_length_of_time(string since, string moment)
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await app.Lobbyist.Stance(draft, "yes");
        var digest = await app.Lobbyist.GetJson($"/v1/digest?since={since}");
        digest.Text("since").ShouldBe(moment);
        // A draft that was opened later is compared with its opening.
        var found = digest.List("resolutions").ShouldHaveSingleItem();
        found.Moment("from").ShouldBe(app.Clock.GetUtcNow());
    }

    [AnyEngine]
    [TestCase("?since=24x", "since", "24h")]
    [TestCase("?since=", "since", "24h")]
    [TestCase("?since=2026-11-22", "since", "in the future")]
    [TestCase("?since=2126-11-21T00:00:00Z", "since", "in the future")]
    [TestCase("?since=24h&since=48h", "since", "once")]
    [TestCase("?resolution=no-such-draft", "resolution", "'no-such-draft'")]
    [TestCase("?lang=xx", "lang", "xx")]
    [TestCase("?from=24h", "from", "since, resolution, lang")]
    public async Task A_wrong_parameter_is_named(string query, string field, string named)
    {
        using var app = new App();
        await app.OpenDraft();
        using var answer = await app.Lobbyist.GetAsync($"/v1/digest{query}");
        var problem = await answer.ShouldBeProblem(400, field);
        problem["errors"]![field]![0]!.GetValue<string>().ShouldContain(named);
    }
}
