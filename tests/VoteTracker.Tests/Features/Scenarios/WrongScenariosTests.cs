using System.Text.Json.Nodes;
using static VoteTracker.Tests.Features.Scenarios.ScenarioRequests;

namespace VoteTracker.Tests.Features.Scenarios;

/// <summary>A wrong scenario is rejected.</summary>
[EveryEngine]
public sealed class WrongScenariosTests
{
    [AnyEngine]
    [TestCase("""{"memberState":"NOR","position":"yes"},{"memberState":"NOR","position":"no"}""", "changes")]
    [TestCase("""{"group":"nam","position":"yes"},{"group":"nam","position":"no"}""", "changes")]
    [TestCase("""{"rule":"simple-majority"},{"rule":"two-thirds"}""", "changes")]
    [TestCase("""{"memberState":"PSE","position":"yes"}""", "changes[0].memberState")]
    [TestCase(
        """{"memberState":"NOR","position":"yes"},{"memberState":"SUN","position":"yes"}""",
        "changes[1].memberState"
    )]
    [TestCase("""{"memberState":"nor","position":"yes"}""", "changes[0].memberState")]
    [TestCase("""{"group":"atlantis","position":"yes"}""", "changes[0].group")]
    [TestCase("""{"group":"nam","memberState":"NOR","position":"yes"}""", "changes[0]")]
    [TestCase("""{"position":"yes"}""", "changes[0]")]
    [TestCase("""{"memberState":"NOR"}""", "changes[0]")]
    [TestCase("""{"memberState":"NOR","position":"unknown","certainty":"likely"}""", "changes[0]")]
    [TestCase("""{"rule":"not-recorded"}""", "changes[0].rule")]
    [TestCase("""{"rule":"two-thirds","position":"yes"}""", "changes[0]")]
    [TestCase("null", "changes[0]")]
    [TestCase("""{"memberState":"NOR","position":"maybe"}""", "changes[0].position")]
    [TestCase("""{"memberState":"NOR","position":"yes"},{"rule":1}""", "changes[1].rule")]
    [TestCase("""{"memberState":"NOR","eligible":"no"}""", "changes[0].eligible")]
    [TestCase("7", "changes[0]")]
    [TestCase("", "changes")]
    public async Task A_wrong_change_is_named(string changes, string field)
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var body = $$"""{"changes":[{{changes}}]}""";
        foreach (
            var (client, method, path) in new[]
            {
                (app.Viewer, HttpMethod.Post, $"/v1/resolutions/{id}/scenarios"),
                (app.Lobbyist, HttpMethod.Put, $"/v1/resolutions/{id}/scenarios/a"),
            }
        )
        {
            using var answer = await client.Send(method, path, JsonNode.Parse(body));
            var problem = await answer.ShouldBeProblem(400);
            problem["errors"]!.AsObject().Select(e => e.Key).ShouldContain(field, problem.ToJsonString());
            problem.ToJsonString().ShouldNotContain("is required");
        }
        (await app.Viewer.GetItems($"/v1/resolutions/{id}/scenarios")).ShouldBeEmpty();
    }

    [AnyEngine]
    [Test]
    public async Task Ten_thousand_changes_are_a_400()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        using var answer = await Post(
            app,
            id,
            [.. Enumerable.Repeat<object>(new { memberState = "NOR", position = "yes" }, 10_000)]
        );
        var problem = await answer.ShouldBeProblem(400);
        problem["errors"]!["changes"]!.ToJsonString().ShouldContain("1 to 500");
    }

    [Test]
    public async Task A_motion_cannot_need_two_thirds_in_a_scenario()
    {
        using var app = new App();
        var id = await app.OpenDraft(new { kind = "motion" });
        using var answer = await Post(app, id, new { rule = "two-thirds" });
        (await answer.ShouldBeProblem(400))["errors"]!["changes[0].rule"].ShouldNotBeNull();
    }

    [Test]
    public async Task After_the_vote_a_scenario_is_a_409()
    {
        using var app = new App();
        using var answer = await Post(app, "es-10-27", new { memberState = "NOR", position = "no" });
        (await answer.ShouldBeProblem(409)).Text("type")!.ShouldEndWith("vote-is-over");
    }

    [AnyEngine]
    [TestCase("Plan-B")]
    [TestCase("-a")]
    [TestCase("a_b")]
    public async Task A_name_is_of_lower_case_letters_digits_and_inner_hyphens(string name)
    {
        using var app = new App();
        var id = await app.OpenDraft();
        using var answer = await app.Lobbyist.Put(
            $"/v1/resolutions/{id}/scenarios/{name}",
            new { changes = new object[] { new { memberState = "NOR", position = "yes" } } }
        );
        (await answer.ShouldBeProblem(400))["errors"]!["name"].ShouldNotBeNull();
    }
}
