using System.Net.Http.Json;
using System.Text.Json.Nodes;
using static VoteTracker.Tests.Features.Engagements.DeskRequests;

namespace VoteTracker.Tests.Features.Engagements;

/// <summary>A wrong engagement gets a 400 that names every wrong field, and nothing is stored.</summary>
[EveryEngine]
public sealed class RejectedEngagementsTests
{
    [Test]
    public async Task Every_wrong_field_is_named_at_once()
    {
        using var app = new App();
        // The first use of a key is recorded.
        await app.Lobbyist.GetJson("/v1/me");
        var before = Databases.Dump(app.Folder);
        (await app.Lobbyist.Faults("/v1/engagements", new { })).Keys.ShouldBeInAnyOrder([
            "memberState",
            "kind",
            "on",
            "summary",
        ]);
        (
            await app.Lobbyist.Faults(
                "/v1/engagements",
                new
                {
                    memberState = "SUN",
                    kind = "meeting",
                    on = "1925-11-20",
                    summary = "",
                    outcome = new string('x', 1_001),
                    contacts = Enumerable.Repeat("a", 21),
                    stance = new { position = "unknown", evidenceUrl = "ftp://x" },
                    tasks = new object[] { new { dueOn = "1925-01-01" }, new { what = " " } },
                }
            )
        ).Keys.ShouldBeInAnyOrder([
            "memberState",
            "on",
            "summary",
            "outcome",
            "contacts",
            "resolution",
            "stance.position",
            "stance.certainty",
            "stance.evidenceUrl",
            "tasks[0].what",
            "tasks[0].dueOn",
            "tasks[1].what",
        ]);
        (
            await app.Lobbyist.Faults(
                "/v1/engagements",
                Meeting(
                    new
                    {
                        kind = "rumour",
                        contacts = "none",
                        stance = new { position = 7, colour = "red" },
                        tasks = new object[] { new { what = 1 } },
                    }
                )
            )
        ).Keys.ShouldBeInAnyOrder(["kind", "contacts", "stance.position", "stance.colour", "tasks[0].what"]);
        Databases.Dump(app.Folder).ShouldBe(before);
    }

    [Test]
    public async Task Unknown_contacts_resolutions_and_team_members_are_named_at_once()
    {
        using var app = new App();
        var norway = await Contact(app);
        var africa = await Contact(app, "ZAF");
        var before = Databases.Dump(app.Folder);
        var faults = await app.Lobbyist.Faults(
            "/v1/engagements",
            Meeting(
                new
                {
                    contacts = new[] { norway, africa, "abcdefghijkl" },
                    resolution = "es-10-l-99",
                    assignee = "Zoe",
                    tasks = new object[] { new { what = "x", assignee = "Nobody" } },
                }
            )
        );
        faults.Keys.ShouldBeInAnyOrder(["contacts[1]", "contacts[2]", "resolution", "assignee", "tasks[0].assignee"]);
        faults["contacts[1]"].ShouldBe("must be a contact of NOR; it is a contact of ZAF");
        faults["assignee"].ShouldBe("must be me, or the label of a valid key; found 'Zoe'");
        Databases.Dump(app.Folder).ShouldBe(before);
    }

    [Test]
    public async Task An_assignee_needs_a_key_that_is_valid_now()
    {
        using var app = new App();
        using var zoe = await app.Member("Zoe");
        var id = (await app.Admin.GetItems("/v1/api-keys")).Single(k => k.Text("label") == "Zoe").Text("id");
        var made = await app.Lobbyist.Add("/v1/engagements", Meeting(new { assignee = "zoe" }));
        made.Text("assignee").ShouldBe("Zoe");
        using var revoked = await app.Admin.DeleteAsync($"/v1/api-keys/{id}");
        ((int)revoked.StatusCode).ShouldBe(204);
        var faults = await app.Lobbyist.Faults("/v1/engagements", Meeting(new { assignee = "Zoe" }));
        faults["assignee"].ShouldBe("must be the label of a valid key; the key 'Zoe' was revoked");
        // What she was responsible for is still found, and can be corrected without naming another.
        (await app.Lobbyist.Numbers("/v1/engagements?assignee=Zoe")).ShouldBe([1]);
        using var corrected = await app.Lobbyist.Patch("/v1/engagements/1", """{"outcome": "Yes."}""");
        (await corrected.Json()).Text("assignee").ShouldBe("Zoe");
    }

    [TestCase("PSE", "memberState")]
    [TestCase("VAT", "memberState")]
    public async Task An_observer_has_engagements_and_no_stance(string observer, string field)
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        var body = Meeting(
            new
            {
                memberState = observer,
                resolution = draft,
                stance = new { position = "yes", certainty = "likely" },
            }
        );
        (await app.Lobbyist.Faults("/v1/engagements", body)).ShouldHaveSingleItem().Key.ShouldBe(field);
        body.Remove("stance");
        await app.Lobbyist.Add("/v1/engagements", body);
    }

    [TestCase("1944-12-31", false)]
    [TestCase("1945-01-01", true)]
    [TestCase("2026-11-22", true)]
    [TestCase("2026-11-23", false)]
    [TestCase("2099-12-31", false)]
    public async Task The_day_of_an_engagement_is_from_1945_to_tomorrow_in_New_York(string on, bool isAccepted)
    {
        using var app = new App();
        foreach (var path in (string[])["/v1/engagements", $"/v1/contacts/{await Contact(app)}/engagements"])
        {
            object body = path == "/v1/engagements" ? Meeting(new { on }) : OfContact(on);
            if (isAccepted)
            {
                await app.Lobbyist.Add(path, body);
            }
            else
            {
                (await app.Lobbyist.Faults(path, body))["on"]
                    .ShouldBe(
                        $"must be a day from 1945-01-01 to 2026-11-22, tomorrow in New York; what is planned is a task; found {on}"
                    );
            }
        }

        static JsonObject OfContact(string on) =>
            new()
            {
                ["kind"] = "call",
                ["on"] = on,
                ["summary"] = "x",
            };
    }

    [Test]
    public async Task A_repeated_request_records_one_engagement_one_stance_and_one_task()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        var body = Meeting(
            new
            {
                resolution = draft,
                stance = new { position = "yes", certainty = "likely" },
                tasks = new object[] { new { what = "Call again" } },
            }
        );
        for (var i = 0; i < 3; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/engagements")
            {
                Content = JsonContent.Create(body),
            };
            request.Headers.Add("Idempotency-Key", "a-call");
            using var answer = await app.Lobbyist.SendAsync(request);
            ((int)answer.StatusCode).ShouldBe(201);
        }
        (await app.Lobbyist.Numbers("/v1/engagements")).ShouldBe([1]);
        (await app.Lobbyist.Numbers("/v1/tasks")).ShouldBe([1]);
        (await app.Viewer.GetItems($"/v1/resolutions/{draft}/stances/NOR/history")).Count.ShouldBe(1);
    }
}
