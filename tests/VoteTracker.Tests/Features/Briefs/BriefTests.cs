using System.Globalization;
using VoteTracker.Tests.Features.Engagements;
using static VoteTracker.Tests.Features.Briefs.BriefRequests;

namespace VoteTracker.Tests.Features.Briefs;

/// <summary>The brief of a state: everything that a visitor of a mission needs, in one response.</summary>
[EveryEngine]
public sealed class BriefTests
{
    private static readonly string[] OfTheTeam = ["gaps", "contacts", "engagements", "tasks", "comments"];

    [Test]
    public async Task A_lobbyist_gets_everything_about_a_state_in_one_response()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { voteOn = "2026-12-04" });
        var contact = await DeskRequests.Contact(app);
        await app.Lobbyist.Stance(draft, "undecided");
        await app.Lobbyist.Stance(draft, "yes", "Paragraph 2 is open.", "They said so.", contact);
        await app.Lobbyist.CoSponsor(draft, "approached");
        await app.Lobbyist.Assign(draft);
        await app.Lobbyist.Add(
            "/v1/engagements",
            DeskRequests.Meeting(new { contacts = new[] { contact }, resolution = draft })
        );
        await app.Lobbyist.Add("/v1/tasks", new { what = "Call again", memberState = "NOR" });
        await app.Lobbyist.Add("/v1/tasks", new { what = "Elsewhere", memberState = "SWE" });
        await app.Lobbyist.Comment(draft, "Ask for the ambassador.");

        var brief = await app.Lobbyist.GetJson(Path(draft));

        (brief.Text("resolution"), brief.Text("memberState"), brief.Text("name"), brief.Text("voteOn")).ShouldBe(
            (draft, "NOR", "Norway", "2026-12-04")
        );
        brief.Moment("at").ShouldBe(app.Clock.GetUtcNow());
        var state = brief.Field("state")!;
        (state.Text("regionalGroup"), state.Text("on"), state.Flag("mayVote")).ShouldBe(
            ("western-european-and-other-states", "2026-12-04", true)
        );
        state.Field("names")!.Text("fr").ShouldBe("Norvège");
        var stance = brief.Field("stance")!;
        (stance.Text("position"), stance.Text("note"), stance.Text("contact")).ShouldBe(
            ("yes", "Paragraph 2 is open.", contact)
        );
        brief.List("changes").Select(c => (c.Text("from"), c.Text("to"), c.Text("reason"))).ShouldBe([
            ("undecided", "yes", "They said so."),
            ("unknown", "undecided", null),
        ]);
        brief.Field("coSponsor")!.Text("status").ShouldBe("approached");
        brief.Text("assignee").ShouldBe("lobbyist");
        brief.Texts("contacts", "id").ShouldBe([contact]);
        brief.Texts("engagements", "summary").ShouldBe(["Went through the text."]);
        brief.Texts("tasks", "what").ShouldBe(["Call again"]);
        brief.Texts("comments", "text").ShouldBe(["Ask for the ambassador."]);
        brief.List("gaps").ShouldAllBe(gap => gap.Text("kind") != "no-assignee" && gap.Text("kind") != "never-contacted");
        brief.List("more").ShouldBeEmpty();
    }

    [Test]
    public async Task The_expected_vote_and_the_similar_votes_are_those_of_the_forecast()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await app.Lobbyist.Stance(draft, "undecided");
        var brief = await app.Viewer.GetJson(Path(draft));
        var forecast = await app.Viewer.GetJson($"/v1/resolutions/{draft}/forecast?explain=NOR");
        var expected = forecast.List("states").Single(s => s.Text("memberState") == "NOR");
        var found = brief.Field("forecast")!;
        found.Field("probability")!.ToJsonString().ShouldBe(forecast.Field("probability")!.ToJsonString());
        found.Field("pivotality")!.ToJsonString().ShouldBe(expected.Field("pivotality")!.ToJsonString());
        found.Field("chances")!.Field("yes")!.ToJsonString().ShouldBe(expected.Field("yes")!.ToJsonString());
        var votes = forecast.Field("explain")!.Field("record")!.List("votes");
        votes.Count.ShouldBeGreaterThan(8);
        brief
            .List("similarVotes")
            .Select(v => (v.Text("resolution"), v.Text("day"), v.Text("vote")))
            .ShouldBe(votes.Take(8).Select(v => (v.Text("resolution"), v.Text("day"), v.Text("vote"))));
        brief.List("similarVotes").ShouldAllBe(v => v.Text("title")!.Length > 0);
    }

    [Test]
    public async Task A_viewer_gets_the_stance_and_nothing_of_the_team()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        var contact = await DeskRequests.Contact(app);
        await app.Lobbyist.Stance(draft, "yes", "A note.", contact: contact);
        await app.Lobbyist.Assign(draft);
        var brief = (await app.Viewer.GetJson(Path(draft))).AsObject();
        OfTheTeam.ShouldAllBe(name => !brief.ContainsKey(name));
        brief["stance"]!.AsObject().ContainsKey("contact").ShouldBeFalse();
        brief["changes"]![0]!.AsObject().ContainsKey("contact").ShouldBeFalse();
        brief["stance"]!.Text("note").ShouldBe("A note.");
        brief["assignee"]!.GetValue<string>().ShouldBe("lobbyist");
        var ofLobbyist = (await app.Lobbyist.GetJson(Path(draft))).AsObject();
        OfTheTeam.ShouldAllBe(name => ofLobbyist.ContainsKey(name));
    }

    [Test]
    public async Task A_confidential_engagement_is_in_the_briefs_of_its_author_and_of_coordinators()
    {
        using var app = new App();
        using var author = await app.Member("Author");
        using var other = await app.Member("Other");
        var draft = await app.OpenDraft();
        await author.Add(
            "/v1/engagements",
            DeskRequests.Meeting(new { confidential = true, tasks = new object[] { new { what = "A task." } } })
        );
        foreach (var (client, count) in new[] { (author, 1), (app.Coordinator, 1), (other, 0) })
        {
            var brief = await client.GetJson(Path(draft));
            (brief.List("engagements").Count, brief.List("tasks").Count).ShouldBe((count, count));
            (await client.GetMarkdown(Path(draft))).Contains("Went through", StringComparison.Ordinal).ShouldBe(
                count == 1
            );
        }
    }

    [Test]
    public async Task An_observer_has_a_brief_without_a_stance_and_votes()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await app.Lobbyist.CoSponsor(draft, "signed", "PSE");
        await app.Lobbyist.Add("/v1/engagements", DeskRequests.Meeting(new { memberState = "PSE" }));
        var brief = await app.Lobbyist.GetJson(Path(draft, "PSE"));
        (brief["stance"], brief["vote"], brief["forecast"]).ShouldBe((null, null, null));
        brief.List("changes").ShouldBeEmpty();
        brief.List("similarVotes").ShouldBeEmpty();
        brief.List("gaps").ShouldBeEmpty();
        brief.Field("state")!.Text("kind").ShouldBe("observer");
        brief.Field("coSponsor")!.Text("status").ShouldBe("signed");
        brief.List("engagements").Count.ShouldBe(1);
        (await app.Lobbyist.GetMarkdown(Path(draft, "PSE"))).ShouldContain("An observer has no vote.");
    }

    [Test]
    public async Task After_the_vote_the_brief_has_the_vote_and_no_forecast()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await app.Lobbyist.Stance(draft, "yes");
        using var recorded = await app.Coordinator.Put(
            $"/v1/resolutions/{draft}/roll-call?missing=non-voting",
            new { recordedOn = "2026-11-21", votes = new[] { new { memberState = "NOR", vote = "no" } } }
        );
        recorded.EnsureSuccessStatusCode();
        var brief = await app.Lobbyist.GetJson(Path(draft));
        (brief.Text("vote"), brief["forecast"]).ShouldBe(("no", null));
        brief.Field("stance")!.Text("position").ShouldBe("yes");
        brief.List("similarVotes").Count.ShouldBe(8);
        (await app.Lobbyist.GetJson(Path(draft, "SWE"))).Text("vote").ShouldBe("non-voting");
        var ofRecord = await app.Viewer.GetJson(Path("es-10-27"));
        ofRecord.Text("vote").ShouldBe("yes");
        ofRecord.List("similarVotes").ShouldAllBe(v => v.Text("resolution") != "es-10-27");
        ofRecord
            .Texts("similarVotes", "day")
            .ShouldAllBe(day => string.CompareOrdinal(day, "2025-06-12") <= 0, "only earlier votes");
    }

    [Test]
    public async Task A_member_that_may_not_vote_has_no_forecast()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        using var entered = await app.Coordinator.Put(
            "/v1/member-states/NOR/ineligibility",
            new { from = "2026-11-01", reason = "article-19" }
        );
        entered.EnsureSuccessStatusCode();
        var brief = await app.Viewer.GetJson(Path(draft));
        brief["forecast"].ShouldBeNull();
        (brief.Field("state")!.Flag("mayVote"), brief.Field("state")!.Text("ineligible")).ShouldBe(
            (false, "article-19")
        );
        (await app.Viewer.GetMarkdown(Path(draft))).ShouldContain("- may not vote\n");
    }

    [Test]
    public async Task Lists_are_cut_and_named()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        for (var i = 1; i <= 21; i++)
        {
            await DeskRequests.Contact(app);
            await app.Lobbyist.Add("/v1/tasks", new { what = $"Call {i}", memberState = "NOR" });
            if (i <= 11)
            {
                await app.Lobbyist.Add("/v1/engagements", DeskRequests.Meeting(new { summary = $"Meeting {i}" }));
            }
            if (i <= 6)
            {
                await app.Lobbyist.Stance(draft, i % 2 == 0 ? "yes" : "no", reason: $"Reason {i}");
                await app.Lobbyist.Comment(draft, $"Comment {i}");
            }
        }
        var brief = await app.Lobbyist.GetJson(Path(draft));
        brief.Words("more").ShouldBeInAnyOrder(["changes", "contacts", "engagements", "tasks", "comments"]);
        brief.Texts("changes", "reason").ShouldBe(Newest("Reason", 6, 5));
        brief.List("changes")[^1].Text("from").ShouldBe("no", "the content before the first one that is shown");
        brief.List("contacts").Count.ShouldBe(20);
        brief.Texts("engagements", "summary").ShouldBe(Newest("Meeting", 11, 10));
        brief.Texts("tasks", "what").ShouldBe(Enumerable.Range(1, 20).Select(i => $"Call {i}"));
        brief.Texts("comments", "text").ShouldBe(Newest("Comment", 6, 5));
    }

    [AnyEngine]
    [TestCase("es-10-l-34/briefs/XXX", "'XXX'")]
    [TestCase("es-10-l-34/briefs/YUG", "YUG was a member until 2003-02-03.")]
    [TestCase("es-10-l-34/briefs/csk", "CSK was a member until 1992-12-31.")]
    [TestCase("no-such-draft/briefs/NOR", "'no-such-draft'")]
    public async Task A_brief_of_a_former_member_or_of_nothing_is_a_404(string path, string named)
    {
        using var app = new App();
        await app.OpenDraft();
        using var answer = await app.Viewer.GetAsync($"/v1/resolutions/{path}");
        (await answer.ShouldBeProblem(404)).Text("detail")!.ShouldContain(named);
    }

    [AnyEngine]
    [TestCase("?lang=xx", "lang")]
    [TestCase("?format=markdown", "format")]
    [TestCase("?asOf=2026-11-21T00:00:00Z", "asOf")]
    public async Task A_wrong_parameter_is_named(string query, string field)
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        using var answer = await app.Viewer.GetAsync(Path(draft) + query);
        await answer.ShouldBeProblem(400, field);
    }

    private static IEnumerable<string> Newest(string word, int last, int count) =>
        Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"{word} {last - i}"));
}
