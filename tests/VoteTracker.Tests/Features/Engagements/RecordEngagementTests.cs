using System.Net.Http.Json;
using System.Text.Json.Nodes;
using VoteTracker.Tests.Features.Tallies;
using static VoteTracker.Tests.Features.Engagements.DeskRequests;

namespace VoteTracker.Tests.Features.Engagements;

/// <summary>One request records an engagement, the stance that was heard, and the tasks that follow.</summary>
[EveryEngine]
public sealed class RecordEngagementTests
{
    [Test]
    public async Task A_call_that_changes_a_stance_and_makes_a_task_is_one_request()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { visibility = "positions" });
        await app.Lobbyist.RecordStance(draft, "NOR", "undecided", "leaning", "second-hand");
        var seen = await app.Lobbyist.GetJson($"/v1/resolutions/{draft}/stances/NOR");
        var contact = await Contact(app);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        using var answer = await app.Lobbyist.PostAsJsonAsync(
            "/v1/engagements",
            Meeting(
                new
                {
                    kind = "call",
                    contacts = new[] { contact },
                    resolution = draft,
                    outcome = "Will vote yes if paragraph 2 stays.",
                    assignee = "me",
                    stance = new
                    {
                        position = "yes",
                        certainty = "likely",
                        reason = "Said so in the call.",
                        version = seen.Int("version"),
                    },
                    tasks = new object[]
                    {
                        new
                        {
                            what = "Send paragraph 2",
                            assignee = "me",
                            dueOn = "2026-11-24",
                        },
                        new { what = "Call again" },
                    },
                }
            )
        );
        var made = await answer.Json();
        ((int)answer.StatusCode).ShouldBe(201, made.ToJsonString());
        answer.Headers.Location!.ToString().ShouldBe("/v1/engagements/1");
        answer.Headers.ETag!.Tag.ShouldBe("\"1\"");
        var engagement = await app.Lobbyist.GetJson("/v1/engagements/1");
        engagement
            .AsObject()
            .Select(p => $"{p.Key}: {p.Value?.ToJsonString().Trim('"')}")
            .ShouldBe([
                "id: 1",
                "memberState: NOR",
                $"contacts: [\"{contact}\"]",
                $"resolution: {draft}",
                "kind: call",
                "on: 2026-11-20",
                "summary: Went through the text.",
                "outcome: Will vote yes if paragraph 2 stays.",
                "assignee: lobbyist",
                "confidential: false",
                "version: 1",
                "createdBy: lobbyist",
                "createdAt: 2026-11-21T15:01:00Z",
                "changedBy: lobbyist",
                "changedAt: 2026-11-21T15:01:00Z",
            ]);
        foreach (var (name, value) in engagement.AsObject())
        {
            JsonNode.DeepEquals(made[name], value).ShouldBeTrue(name);
        }
        var stance = await app.Lobbyist.GetJson($"/v1/resolutions/{draft}/stances/NOR");
        (stance.Text("position"), stance.Text("evidence"), stance.Text("contact"), stance.Int("engagement")).ShouldBe(
            ("yes", "call", contact, 1)
        );
        made["stance"]!.ToJsonString().ShouldBe(stance.ToJsonString());
        var history = (await app.Viewer.GetItems($"/v1/resolutions/{draft}/stances/NOR/history"))[^1];
        (history.Text("from"), history.Text("to"), history.Text("reason")).ShouldBe(
            ("undecided", "yes", "Said so in the call.")
        );
        (await app.Anonymous.GetJson($"/v1/resolutions/{draft}/tally")).Int("yes").ShouldBe(1);
        var tasks = await app.Lobbyist.GetItems("/v1/tasks?engagement=1");
        made["tasks"]!.ToJsonString().ShouldBe($"[{string.Join(',', tasks.Select(t => t.ToJsonString()))}]");
        tasks
            .Select(t =>
                (t.Text("what"), t.Text("assignee"), t.Text("dueOn"), t.Text("memberState"), t.Text("contact"))
            )
            .ShouldBe([
                ("Send paragraph 2", "lobbyist", "2026-11-24", "NOR", contact),
                ("Call again", null, null, "NOR", contact),
            ]);
        (await app.Lobbyist.GetItems("/v1/changes"))
            .TakeLast(4)
            .Select(c => c.Text("kind"))
            .ShouldBe(["engagement", "stance", "task", "task"]);
    }

    [TestCase("meeting", "meeting")]
    [TestCase("event", "meeting")]
    [TestCase("call", "call")]
    [TestCase("message", "call")]
    [TestCase("letter", "note-verbale")]
    [TestCase("note-verbale", "note-verbale")]
    [TestCase("demonstration", null)]
    public async Task The_evidence_of_a_stance_follows_from_the_kind(string kind, string? evidence)
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        var body = Meeting(
            new
            {
                kind,
                resolution = draft,
                stance = new { position = "no", certainty = "leaning" },
            }
        );
        if (evidence is null)
        {
            (await app.Lobbyist.Faults("/v1/engagements", body)).ShouldHaveSingleItem().Key.ShouldBe("stance.evidence");
            body["stance"]!["evidence"] = evidence = "second-hand";
        }
        (await app.Lobbyist.Add("/v1/engagements", body))["stance"]!.Text("evidence").ShouldBe(evidence);
    }

    [Test]
    public async Task With_an_old_version_of_the_stance_nothing_is_stored()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await app.Lobbyist.RecordStance(draft, "NOR", "yes");
        await app.Coordinator.RecordStance(draft, "NOR", "no");
        var before = Databases.Dump(app.Folder);
        using var answer = await app.Lobbyist.PostAsJsonAsync(
            "/v1/engagements",
            Meeting(
                new
                {
                    resolution = draft,
                    stance = new
                    {
                        position = "abstain",
                        certainty = "likely",
                        version = 2,
                    },
                    tasks = new object[] { new { what = "Call again" } },
                }
            )
        );
        var problem = await answer.ShouldBeProblem(412);
        (problem["current"]!.Text("position"), problem["current"]!.Int("version")).ShouldBe(("no", 3));
        Databases.Dump(app.Folder).ShouldBe(before);
    }

    [Test]
    public async Task A_version_of_0_records_a_stance_only_if_there_was_none()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        var body = Meeting(
            new
            {
                resolution = draft,
                stance = new
                {
                    position = "yes",
                    certainty = "likely",
                    version = 0,
                },
            }
        );
        await app.Lobbyist.Add("/v1/engagements", body);
        using var again = await app.Lobbyist.PostAsJsonAsync("/v1/engagements", body);
        await again.ShouldBeProblem(412);
        (await app.Lobbyist.Numbers("/v1/engagements")).ShouldBe([1]);
        body["stance"]!.AsObject().Remove("version");
        await app.Lobbyist.Add("/v1/engagements", body);
    }

    [Test]
    public async Task After_the_vote_an_engagement_is_recorded_without_a_stance_only()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { status = "withdrawn" });
        var body = Meeting(new { resolution = draft, stance = new { position = "yes", certainty = "likely" } });
        using var answer = await app.Lobbyist.PostAsJsonAsync("/v1/engagements", body);
        await answer.ShouldBeProblem(409);
        (await app.Lobbyist.Numbers("/v1/engagements")).ShouldBeEmpty();
        body.Remove("stance");
        await app.Lobbyist.Add("/v1/engagements", body);
    }

    [Test]
    public async Task A_listener_gets_the_tally_that_an_engagement_changed()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { visibility = "tally" });
        using var listener = await Listener.Open(app.Anonymous, draft);
        (await listener.Next()).Tally.Int("yes").ShouldBe(0);
        await app.Lobbyist.Add(
            "/v1/engagements",
            Meeting(new { resolution = draft, stance = new { position = "yes", certainty = "likely" } })
        );
        (await listener.Next()).Tally.Int("yes").ShouldBe(1);
    }

    [Test]
    public async Task Markup_and_direction_controls_in_texts_are_stored_as_they_are()
    {
        using var app = new App();
        const string text = "<b onclick=\"x\">&amp;</b> \u202Eabc\u202C \u2067\u05E9\u2069 'a' {{b}} 中文 😀";
        var made = await app.Lobbyist.Add(
            "/v1/engagements",
            Meeting(
                new
                {
                    summary = text,
                    outcome = text,
                    tasks = new object[] { new { what = text } },
                }
            )
        );
        (made.Text("summary"), made.Text("outcome"), made["tasks"]![0]!.Text("what")).ShouldBe((text, text, text));
        (await app.Lobbyist.GetJson("/v1/engagements/1")).Text("summary").ShouldBe(text);
    }
}
