using System.Net.Http.Json;
using static VoteTracker.Tests.Features.Engagements.DeskRequests;

namespace VoteTracker.Tests.Features.Engagements;

/// <summary>A confidential engagement is seen by its author and by coordinators, and by nobody else in any way.</summary>
[EveryEngine]
public sealed class ConfidentialEngagementsTests
{
    [Test]
    public async Task Another_lobbyist_gets_a_404_and_sees_it_in_no_list()
    {
        using var app = new App();
        using var author = await app.Member("Author");
        using var other = await app.Member("Other");
        var contact = await Contact(app);
        var body = Meeting(
            new
            {
                contacts = new[] { contact },
                summary = "A secret.",
                confidential = true,
                tasks = new object[] { new { what = "A secret task." } },
            }
        );
        await author.Add("/v1/engagements", body);
        string[] lists =
        [
            "/v1/engagements",
            "/v1/engagements?memberState=NOR",
            $"/v1/engagements?contact={contact}",
            $"/v1/contacts/{contact}/engagements",
            "/v1/tasks",
            "/v1/tasks?engagement=1",
            "/v1/tasks?memberState=NOR",
        ];
        string[] single = ["/v1/engagements/1", "/v1/engagements/1/history", "/v1/tasks/1", "/v1/tasks/1/history"];
        foreach (var client in (HttpClient[])[author, app.Coordinator, app.Admin])
        {
            foreach (var list in lists)
            {
                (await client.Numbers(list)).ShouldBe([1], list);
            }
            foreach (var path in single)
            {
                await client.GetJson(path);
            }
            (await client.GetItems("/v1/changes"))[^1].Text("kind").ShouldBe("task");
        }
        foreach (var list in lists)
        {
            (await other.Numbers(list)).ShouldBeEmpty(list);
        }
        foreach (var path in single)
        {
            using var read = await other.GetAsync(path);
            await read.ShouldBeProblem(404);
        }
        foreach (var path in (string[])["/v1/engagements/1", "/v1/tasks/1"])
        {
            using var patched = await other.Patch(path, """{"assignee": "me"}""");
            await patched.ShouldBeProblem(404);
            using var deleted = await other.Send(HttpMethod.Delete, path);
            await deleted.ShouldBeProblem(404);
        }
        (await other.GetItems("/v1/changes"))[^1].Text("kind").ShouldBe("contact");
        (await other.Faults("/v1/tasks", new { what = "x", engagement = 1 }))
            .ShouldHaveSingleItem()
            .Key.ShouldBe("engagement");
        (await author.Numbers("/v1/engagements")).ShouldBe([1]);
    }

    [Test]
    public async Task A_task_of_it_is_seen_by_its_assignee()
    {
        using var app = new App();
        using var author = await app.Member("Author");
        using var other = await app.Member("Other");
        using var third = await app.Member("Third");
        await author.Add(
            "/v1/engagements",
            Meeting(new { confidential = true, tasks = new object[] { new { what = "Call", assignee = "Other" } } })
        );
        (await other.Numbers("/v1/tasks?assignee=me")).ShouldBe([1]);
        (await third.Numbers("/v1/tasks?assignee=Other")).ShouldBeEmpty();
        using var done = await other.Patch("/v1/tasks/1", """{"doneOn": "2026-11-21"}""");
        ((int)done.StatusCode).ShouldBe(200);
        (await done.Json()).Int("engagement").ShouldBe(1);
        using var hidden = await other.GetAsync("/v1/engagements/1");
        await hidden.ShouldBeProblem(404);
    }

    [Test]
    public async Task Only_the_author_and_coordinators_decide_that_it_is_confidential()
    {
        using var app = new App();
        using var author = await app.Member("Author");
        using var other = await app.Member("Other");
        await author.Add("/v1/engagements", Meeting());
        using var refused = await other.Patch("/v1/engagements/1", """{"confidential": true}""");
        await refused.ShouldBeProblem(403);
        using var corrected = await other.Patch("/v1/engagements/1", """{"outcome": "Yes."}""");
        ((int)corrected.StatusCode).ShouldBe(200);
        using var hidden = await app.Coordinator.Patch("/v1/engagements/1", """{"confidential": true}""");
        ((int)hidden.StatusCode).ShouldBe(200);
        (await other.Numbers("/v1/engagements")).ShouldBeEmpty();
        using var shown = await author.Patch("/v1/engagements/1", """{"confidential": null}""");
        ((int)shown.StatusCode).ShouldBe(200);
        (await other.Numbers("/v1/engagements")).ShouldBe([1]);
    }

    [Test]
    public async Task The_path_counts_the_days_since_an_engagement_that_the_caller_sees()
    {
        using var app = new App();
        using var author = await app.Member("Author");
        using var other = await app.Member("Other");
        var draft = await app.OpenDraft();
        await author.Add("/v1/engagements", Meeting(new { confidential = true }));
        await author.Add("/v1/engagements", Meeting(new { memberState = "ZAF", kind = "demonstration" }));
        (await DaysOf(author, "NOR")).ShouldBe("1");
        (await DaysOf(other, "NOR")).ShouldBeNull();
        (await DaysOf(author, "ZAF")).ShouldBeNull("a demonstration is no talk with the state");

        async Task<string?> DaysOf(HttpClient client, string iso3) =>
            (await client.GetJson($"/v1/resolutions/{draft}/path"))["states"]!
                .AsArray()
                .Single(s => s!.Text("memberState") == iso3)!["daysSinceContact"]
                ?.ToJsonString();
    }

    [Test]
    public async Task What_was_confidential_once_stays_so_in_the_history_and_in_the_tasks()
    {
        using var app = new App();
        using var author = await app.Member("Author");
        using var other = await app.Member("Other");
        using var assignee = await app.Member("Assignee");
        var id = await app.OpenDraft();
        var contact = await Contact(app);
        await author.Add(
            "/v1/engagements",
            Meeting(
                new
                {
                    contacts = new[] { contact },
                    resolution = id,
                    summary = "A secret.",
                    confidential = true,
                    stance = new { position = "yes", certainty = "likely" },
                    tasks = new object[] { new { what = "A secret task.", assignee = "Assignee" } },
                }
            )
        );
        // Every viewer sees the stance, so it does not name the contact.
        (await other.GetJson($"/v1/resolutions/{id}/stances/NOR"))["contact"]
            .ShouldBeNull();

        using var moved = await assignee.Patch("/v1/tasks/1", """{"engagement": null}""");
        await moved.ShouldBeProblem(400, "engagement");
        using var hidden = await other.GetAsync("/v1/tasks/1");
        await hidden.ShouldBeProblem(404);

        using var opened = await author.Patch(
            "/v1/engagements/1",
            """{"summary": "Nothing special.", "confidential": false}"""
        );
        opened.EnsureSuccessStatusCode();
        (await other.GetStringAsync("/v1/engagements/1/history")).ShouldNotContain("A secret.");
        (await author.GetStringAsync("/v1/engagements/1/history")).ShouldContain("A secret.");
    }
}
