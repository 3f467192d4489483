using static VoteTracker.Tests.Features.Engagements.DeskRequests;

namespace VoteTracker.Tests.Features.Engagements;

/// <summary>A task of a confidential engagement is seen by its assignee and its author, and stays hidden in the history.</summary>
[EveryEngine]
public sealed class ConfidentialTasksTests
{
    [Test]
    public async Task A_version_of_a_task_stays_confidential_after_the_task_has_left_the_engagement()
    {
        using var app = new App();
        using var author = await app.Member("Author");
        using var other = await app.Member("Other");
        using var assignee = await app.Member("Assignee");
        await author.Add(
            "/v1/engagements",
            Meeting(
                new
                {
                    confidential = true,
                    tasks = new object[] { new { what = "A secret task.", assignee = "Assignee" } },
                }
            )
        );
        using var left = await author.Patch(
            "/v1/tasks/1",
            """{"what": "Call", "engagement": null, "assignee": null}"""
        );
        left.EnsureSuccessStatusCode();
        (await Versions(other)).ShouldBe([2]);
        (await Versions(assignee)).ShouldBe([1, 2]);
        (await Versions(author)).ShouldBe([1, 2]);
        (await Versions(app.Coordinator)).ShouldBe([1, 2]);
        (await other.GetStringAsync("/v1/tasks/1/history")).ShouldNotContain("A secret task.");
        using var hidden = await other.Send(HttpMethod.Post, "/v1/tasks/1/revert", new { version = 1 });
        await hidden.ShouldBeProblem(400, "version");

        static async Task<int[]> Versions(HttpClient client) =>
            [.. (await client.GetItems("/v1/tasks/1/history")).Select(version => (int)version.Int("version"))];
    }

    [Test]
    public async Task The_assignee_of_a_confidential_task_gets_its_changes()
    {
        using var app = new App();
        using var author = await app.Member("Author");
        using var other = await app.Member("Other");
        using var third = await app.Member("Third");
        await author.Add(
            "/v1/engagements",
            Meeting(new { confidential = true, tasks = new object[] { new { what = "Call", assignee = "Other" } } })
        );
        (await Kinds(other)).ShouldBe(["task"]);
        (await Kinds(third)).ShouldBeEmpty();
        using var done = await author.Patch("/v1/tasks/1", """{"doneOn": "2026-11-21"}""");
        done.EnsureSuccessStatusCode();
        (await Kinds(other)).ShouldBe(["task", "task"]);
        (await Kinds(third)).ShouldBeEmpty();

        static async Task<string[]> Kinds(HttpClient client) =>
            [
                .. (await client.GetItems("/v1/changes?limit=1000"))
                    .Select(change => change.Text("kind")!)
                    .Where(kind => kind is "task" or "engagement"),
            ];
    }

    [Test]
    public async Task The_author_of_a_task_keeps_it_if_its_engagement_becomes_confidential()
    {
        using var app = new App();
        using var author = await app.Member("Author");
        using var other = await app.Member("Other");
        using var third = await app.Member("Third");
        await author.Add("/v1/engagements", Meeting());
        await other.Add("/v1/tasks", new { what = "Call", engagement = 1 });
        using var hidden = await author.Patch("/v1/engagements/1", """{"confidential": true}""");
        hidden.EnsureSuccessStatusCode();
        (await other.Numbers("/v1/tasks")).ShouldBe([1]);
        (await third.Numbers("/v1/tasks")).ShouldBeEmpty();
    }

    [Test]
    public async Task A_viewer_is_not_the_assignee_of_what_a_viewer_does_not_see()
    {
        using var app = new App();
        using var viewer = await app.Member("Zoe", "viewer");
        var draft = await app.OpenDraft();
        (await app.Lobbyist.Faults("/v1/tasks", new { what = "Call", assignee = "Zoe" }))["assignee"]
            .ShouldBe("must be the label of a key that sees tasks and engagements; the key 'Zoe' has the role viewer");
        (await app.Lobbyist.Faults("/v1/engagements", Meeting(new { assignee = "zoe" }))).Keys.ShouldBe(["assignee"]);
        using var assigned = await app.Lobbyist.Put(
            $"/v1/resolutions/{draft}/assignments/NOR",
            new { assignee = "Zoe" }
        );
        assigned.IsSuccessStatusCode.ShouldBeTrue(await assigned.Content.ReadAsStringAsync());
    }

    [Test]
    public async Task A_record_that_moves_to_another_state_is_a_change_of_both_states()
    {
        using var app = new App();
        await app.Lobbyist.Add("/v1/engagements", Meeting());
        await app.Lobbyist.Add("/v1/tasks", new { what = "Call", memberState = "FRA" });
        using var engagement = await app.Lobbyist.Patch("/v1/engagements/1", """{"memberState": "SWE"}""");
        using var task = await app.Lobbyist.Patch("/v1/tasks/1", """{"memberState": "KEN"}""");
        (engagement.IsSuccessStatusCode, task.IsSuccessStatusCode).ShouldBe((true, true));
        (await app.Lobbyist.GetItems("/v1/changes?limit=1000"))
            .TakeLast(4)
            .Select(change => $"{change.Text("kind")} {change.Text("memberState")}")
            .ShouldBe(["engagement NOR", "engagement SWE", "task FRA", "task KEN"]);
    }
}
