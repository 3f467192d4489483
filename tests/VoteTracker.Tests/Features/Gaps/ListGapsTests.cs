using VoteTracker.Tests.Features.Engagements;
using static VoteTracker.Tests.Features.Gaps.GapRequests;

namespace VoteTracker.Tests.Features.Gaps;

/// <summary>The list of gaps: its order, its filters, and what a caller may see.</summary>
[EveryEngine]
public sealed class ListGapsTests
{
    private static readonly string[] AllKinds =
    [
        "no-assignee",
        "never-contacted",
        "not-contacted-lately",
        "overdue-task",
        "second-hand-only",
        "confirmed-on-one-source",
        "evidence-faded",
        "co-sponsor-not-yes",
        "yes-not-asked-to-co-sponsor",
        "conflicting-reports",
        "capital-not-contacted",
    ];

    [Test]
    public async Task Each_state_has_its_gaps_and_its_effect()
    {
        using var app = new App();
        using var lobbyist = app.Lobbyist;
        var draft = await app.OpenDraft();
        await lobbyist.RecordStance(draft, "NOR", "yes", "likely", "second-hand");
        using var assigned = await lobbyist.Put($"/v1/resolutions/{draft}/assignments/NOR", new { assignee = "me" });
        var states = await lobbyist.GetItems(GapsOf(draft));
        states.Count.ShouldBe(193);
        states[0]
            .ToJsonString()
            .ShouldBe(
                """{"memberState":"NOR","name":"Norway","assignee":"lobbyist","position":"yes","effect":3,"gaps":[{"kind":"never-contacted","detail":"No engagement is recorded, and no stance that was heard in a call or meeting."},{"kind":"second-hand-only","since":"2026-11-21","detail":"The position rests on a report by a third party."},{"kind":"yes-not-asked-to-co-sponsor","since":"2026-11-21","detail":"Its position is yes, and it was not asked to co-sponsor."}]}"""
            );
        (states[1].Text("memberState"), states[1].Text("assignee"), states[1].Int("effect")).ShouldBe(("AFG", null, 2));
    }

    [TestCase("two-thirds", "FRA NOR SWE AFG ALB", "3 3 3 2 2")]
    [TestCase("simple-majority", "FRA NOR SWE AFG ALB", "2 2 2 1 1")]
    public async Task The_largest_effect_is_first_then_the_names(string rule, string states, string effects)
    {
        using var app = new App();
        using var lobbyist = app.Lobbyist;
        var draft = await app.OpenDraft(new { rule });
        await lobbyist.RecordStance(draft, "SWE", "no");
        await lobbyist.RecordStance(draft, "NOR", "yes");
        await lobbyist.RecordStance(draft, "FRA", "no");
        await lobbyist.RecordStance(draft, "ALB", "abstain");
        var first = (await lobbyist.GetItems(GapsOf(draft)))[..5];
        string.Join(' ', first.Select(s => s.Text("memberState"))).ShouldBe(states);
        string.Join(' ', first.Select(s => s.Int("effect"))).ShouldBe(effects);
    }

    [TestCase("")]
    [TestCase("?lang=ar")]
    public async Task Pages_have_every_state_once_in_the_order_of_the_names(string query)
    {
        using var app = new App();
        using var lobbyist = app.Lobbyist;
        var draft = await app.OpenDraft(new { baseline = "es-10-27" });
        var all = await lobbyist.GetItems(GapsOf(draft, query));
        var pages = await lobbyist.GetPages(GapsOf(draft, (query.Length == 0 ? "?" : query + "&") + "limit=7"), 7);
        pages.Select(s => s.ToJsonString()).ShouldBe(all.Select(s => s.ToJsonString()));
        all.GroupBy(s => s.Int("effect"))
            .ShouldAllBe(group =>
                group
                    .Select(s => s.Text("name"))
                    .SequenceEqual(group.Select(s => s.Text("name")).Order(StringComparer.OrdinalIgnoreCase))
            );
        all.Select(s => s.Int("effect")).ShouldBe(all.Select(s => s.Int("effect")).OrderDescending());
    }

    [Test]
    public async Task Filters_select_kinds_assignees_and_groups()
    {
        using var app = new App();
        using var lobbyist = app.Lobbyist;
        using var zoe = await app.Member("Zoe");
        var draft = await app.OpenDraft();
        foreach (var (iso3, client) in (IEnumerable<(string, HttpClient)>)[("NOR", lobbyist), ("KEN", zoe)])
        {
            using var put = await client.Put($"/v1/resolutions/{draft}/assignments/{iso3}", new { assignee = "me" });
            put.IsSuccessStatusCode.ShouldBeTrue();
        }
        await lobbyist.RecordStance(draft, "KEN", "yes", "likely", "second-hand");
        (await States(lobbyist, draft, "?assignee=me")).ShouldBe(["NOR"]);
        (await States(lobbyist, draft, "?assignee=Zoe")).ShouldBe(["KEN"]);
        (await States(lobbyist, draft, "?assignee=Zoe&group=western-european-and-other-states")).ShouldBeEmpty();
        (await States(lobbyist, draft, "?assignee=Zoe&group=african-states")).ShouldBe(["KEN"]);
        (await States(lobbyist, draft, "?group=african-states")).Length.ShouldBe(54);
        (await States(lobbyist, draft, "?kind=second-hand-only")).ShouldBe(["KEN"]);
        (await States(lobbyist, draft, "?kind=no-assignee")).Length.ShouldBe(191);
        var two = (await lobbyist.GetItems(GapsOf(draft, "?kind=second-hand-only,%20never-contacted")))[0];
        two["gaps"]!
            .AsArray()
            .Select(gap => gap!.Text("kind"))
            .ShouldBe(["never-contacted", "second-hand-only"], "in the order of the kinds");
    }

    [AnyEngine]
    [TestCase("?kind=never", "never-contacted")]
    [TestCase("?kind=no-assignee,overdue", "overdue-task")]
    [TestCase("?kind=", "capital-not-contacted")]
    [TestCase("?kind=1", "co-sponsor-not-yes")]
    [TestCase("?kind=NoAssignee", "no-assignee")]
    public async Task A_kind_that_does_not_exist_is_a_400_that_lists_the_kinds(string query, string named)
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        using var answer = await app.Lobbyist.GetAsync(GapsOf(draft, query));
        var fault = DeskRequests.Faults(await answer.ShouldBeProblem(400))["kind"];
        fault.ShouldContain(string.Join(", ", AllKinds));
        fault.ShouldContain(named);
    }

    [Test, AnyEngine]
    public async Task Every_wrong_parameter_is_named()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        using var answer = await app.Lobbyist.GetAsync(
            GapsOf(draft, "?kind=x&assignee=Nobody&group=africa&lang=xx&limit=0&cursor=x&asOf=2026-11-21T15:00:00Z")
        );
        await answer.ShouldBeProblem(400, "asOf");
        using var known = await app.Lobbyist.GetAsync(
            GapsOf(draft, "?kind=x&assignee=Nobody&group=africa&lang=xx&limit=0&cursor=x")
        );
        await known.ShouldBeProblem(400, "kind", "assignee", "group", "lang", "limit", "cursor");
    }

    [Test]
    public async Task Viewers_and_the_public_see_no_gaps()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { visibility = "positions" });
        using var viewer = await app.Viewer.GetAsync(GapsOf(draft));
        await viewer.ShouldBeProblem(403);
        using var anonymous = await app.Anonymous.GetAsync(GapsOf(draft));
        await anonymous.ShouldBeProblem(401);
        using var missing = await app.Lobbyist.GetAsync(GapsOf("no-such-draft"));
        await missing.ShouldBeProblem(404);
        var hidden = await app.OpenDraft(new { visibility = "private" }, "A/ES-10/L.35");
        using var secret = await app.Anonymous.GetAsync(GapsOf(hidden));
        await secret.ShouldBeProblem(404);
    }

    [Test]
    public async Task A_confidential_engagement_counts_for_its_author_and_coordinators()
    {
        using var app = new App();
        using var author = await app.Member("Author");
        using var other = await app.Member("Other");
        var draft = await app.OpenDraft();
        await other.Meet(draft, new { memberState = "SWE" });
        await other.RecordStance(draft, "SWE", "yes", "confirmed", "meeting");
        await author.Meet(draft, new { memberState = "SWE", confidential = true });
        await author.Meet(
            draft,
            new { confidential = true, tasks = new object[] { new { what = "Secret", dueOn = "2026-11-01" } } }
        );
        foreach (var sees in (HttpClient[])[author, app.Coordinator, app.Admin])
        {
            await sees.ShouldHaveNoGap(draft, "never-contacted");
            await sees.ShouldHaveGap(draft, "overdue-task");
            await sees.ShouldHaveGap(draft, "capital-not-contacted");
            await sees.ShouldHaveNoGap(draft, "confirmed-on-one-source", "SWE");
        }
        await other.ShouldHaveGap(draft, "never-contacted");
        await other.ShouldHaveNoGap(draft, "overdue-task");
        await other.ShouldHaveNoGap(draft, "capital-not-contacted");
        await other.ShouldHaveGap(draft, "confirmed-on-one-source", "SWE");
    }

    [Test]
    public async Task A_stance_that_was_heard_in_a_confidential_engagement_does_not_show_its_day()
    {
        using var app = new App();
        using var author = await app.Member("Author");
        using var other = await app.Member("Other");
        var draft = await app.OpenDraft();
        await author.Meet(
            draft,
            new
            {
                on = "2026-10-10",
                confidential = true,
                stance = new { position = "yes", certainty = "likely" },
            }
        );
        (await author.Gap(draft, "not-contacted-lately")).ShouldNotBeNull().Text("detail")!.ShouldContain("2026-10-10");
        (await other.GetStringAsync(GapsOf(draft))).ShouldNotContain("2026-10-10");
        await other.ShouldHaveNoGap(draft, "never-contacted");
    }

    [Test]
    public async Task A_member_that_may_not_vote_has_no_gaps()
    {
        using var app = new App();
        using var lobbyist = app.Lobbyist;
        var draft = await app.OpenDraft(new { voteOn = "2026-12-10" });
        using var entered = await app.Coordinator.Put(
            "/v1/member-states/NOR/ineligibility",
            new
            {
                from = "2026-12-01",
                until = "2026-12-31",
                reason = "article-19",
            },
            ifMatch: null
        );
        entered.IsSuccessStatusCode.ShouldBeTrue();
        await lobbyist.ShouldHaveNoGap(draft, "no-assignee");
        await lobbyist.ShouldHaveGap(draft, "no-assignee", "SWE");
        using var ended = await app.Coordinator.DeleteAsync("/v1/member-states/NOR/ineligibility");
        await lobbyist.ShouldHaveGap(draft, "no-assignee");
    }

    [Test]
    public async Task After_the_vote_nothing_is_missing()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await app.Lobbyist.ShouldHaveGap(draft, "no-assignee");
        using var recorded = await app.Coordinator.Put(
            $"/v1/resolutions/{draft}/roll-call?missing=non-voting",
            new { recordedOn = "2026-11-21", votes = new[] { new { memberState = "NOR", vote = "no" } } }
        );
        recorded.IsSuccessStatusCode.ShouldBeTrue();
        using var answer = await app.Lobbyist.GetAsync(GapsOf(draft));
        var problem = await answer.ShouldBeProblem(409);
        problem.Text("type").ShouldEndWith("vote-is-over");
        problem.Text("detail").ShouldBe("The resolution is not-adopted. Nothing is missing after the vote.");
        using var withdrawn = await app.Lobbyist.GetAsync(GapsOf("es-10-27"));
        await withdrawn.ShouldBeProblem(409);
    }

    private static async Task<string?[]> States(HttpClient client, string draft, string query) =>
        [.. (await client.GetItems(GapsOf(draft, query))).Select(state => state.Text("memberState"))];
}
