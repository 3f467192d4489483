using static VoteTracker.Tests.Features.Engagements.DeskRequests;

namespace VoteTracker.Tests.Features.Engagements;

/// <summary>An engagement that was recorded for a wrong state or resolution is moved, with its tasks.</summary>
[EveryEngine]
public sealed class MovedEngagementTests
{
    private const string Path = "/v1/engagements/1";

    [Test]
    public async Task The_tasks_of_an_engagement_follow_it_to_another_state_and_resolution()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        var other = await app.Coordinator.OpenDraft(symbol: "A/ES-10/L.35");
        var norway = await Contact(app);
        await app.Lobbyist.Add(
            "/v1/engagements",
            Meeting(
                new
                {
                    resolution = draft,
                    contacts = new[] { norway },
                    tasks = new object[] { new { what = "Call" }, new { what = "Write" } },
                }
            )
        );
        using var elsewhere = await app.Lobbyist.Patch("/v1/tasks/2", $$"""{"resolution": "{{other}}"}""");
        elsewhere.EnsureSuccessStatusCode();
        using var moved = await app.Lobbyist.Patch(
            Path,
            """{"memberState": "SWE", "contacts": null, "resolution": null}"""
        );
        moved.IsSuccessStatusCode.ShouldBeTrue(await moved.Content.ReadAsStringAsync());
        (await app.Lobbyist.GetItems("/v1/tasks"))
            .Select(t =>
                $"{t.Int("id")} {t.Text("memberState")} {t.Text("resolution")} {t.Text("contact")} {t.Int("version")}"
            )
            .ShouldBe(["1 SWE   2", $"2 SWE {other}  3"]);
        (await app.Lobbyist.GetItems("/v1/tasks/1/history"))
            .Select(t => t.Text("memberState"))
            .ShouldBe(["NOR", "SWE"]);
        using var outcome = await app.Lobbyist.Patch(Path, """{"outcome": "x"}""");
        outcome.EnsureSuccessStatusCode();
        (await app.Lobbyist.GetJson("/v1/tasks/1")).Int("version").ShouldBe(2);
    }

    [Test]
    public async Task An_engagement_in_which_a_stance_was_heard_is_not_moved_until_the_stance_no_longer_names_it()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        var other = await app.Coordinator.OpenDraft(symbol: "A/ES-10/L.35");
        await app.Lobbyist.Add(
            "/v1/engagements",
            Meeting(new { resolution = draft, stance = new { position = "yes", certainty = "likely" } })
        );
        var before = Databases.Dump(app.Folder);
        foreach (
            var (patch, field) in ((string, string)[])
                [
                    ("""{"memberState": "SWE"}""", "memberState"),
                    ("""{"resolution": null}""", "resolution"),
                    ($$"""{"resolution": "{{other}}"}""", "resolution"),
                ]
        )
        {
            using var refused = await app.Lobbyist.Patch(Path, patch);
            Faults(await refused.ShouldBeProblem(400, field))[field]
                .ShouldContain($"the stance of NOR on {draft} was heard in this engagement");
        }
        Databases.Dump(app.Folder).ShouldBe(before);
        using var cleared = await app.Lobbyist.Patch(
            $"/v1/resolutions/{draft}/stances/NOR",
            """{"engagement": null}"""
        );
        cleared.EnsureSuccessStatusCode();
        using var moved = await app.Lobbyist.Patch(Path, $$"""{"memberState": "SWE", "resolution": "{{other}}"}""");
        moved.IsSuccessStatusCode.ShouldBeTrue(await moved.Content.ReadAsStringAsync());
    }

    [Test]
    public async Task An_old_version_of_the_stance_is_named_as_a_field_of_the_body()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await app.Lobbyist.RecordStance(draft, "NOR", "no");
        using var late = await app.Lobbyist.Send(
            HttpMethod.Post,
            "/v1/engagements",
            Meeting(
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
            ),
            ifMatch: null
        );
        var problem = await late.ShouldBeProblem(412);
        problem.Text("type").ShouldBe("/problems/version-conflict");
        problem.Text("detail")!.ShouldEndWith("send the request again with 2 as stance.version.");
        problem["current"]!.Text("position").ShouldBe("no");
    }
}
