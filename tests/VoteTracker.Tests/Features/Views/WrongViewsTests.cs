using VoteTracker.Tests.Features.Engagements;

namespace VoteTracker.Tests.Features.Views;

/// <summary>Names, filters and bodies of views that are rejected by name.</summary>
[EveryEngine]
public sealed class WrongViewsTests
{
    [TestCase("a%2Fb", 400, "'a/b'")]
    [TestCase("a%2fb%2Fc", 400, "'a/b/c'")]
    [TestCase("a/b", 404, "There is nothing at this address")]
    [TestCase("%20", 400, "must have 1 to 64 letters")]
    [TestCase("%20a", 400, "must have 1 to 64 letters")]
    [TestCase("a%20", 400, "not end with a space")]
    [TestCase("a%0A", 400, "\\u000A")]
    [TestCase("a%3Cb%3E", 400, "must have 1 to 64 letters")]
    [TestCase("_a", 400, "begin with a letter or digit")]
    [TestCase("", 405, "GET")]
    public async Task A_name_with_other_characters_is_rejected_with_the_rule(string name, int status, string text)
    {
        using var app = new App();
        using var saved = await app.Lobbyist.Put($"/v1/views/{name}", new { });
        var problem = (await saved.ShouldBeProblem(status))!;
        (status == 400 ? problem["errors"]!["name"]![0]!.GetValue<string>() : problem.Text("detail")!).ShouldContain(
            text
        );
        using var deleted = await app.Lobbyist.Send(HttpMethod.Delete, $"/v1/views/{name}");
        await deleted.ShouldBeProblem(status == 400 ? 404 : status);
    }

    [TestCase("asignee=me", "'asignee' is not a known filter of the desk; did you mean assignee?")]
    [TestCase("Show=mine", "'Show' is not a known filter of the desk; did you mean show?")]
    [TestCase("only=NOR", "'only' is not a known filter of the desk; the known ones are q, position")]
    [TestCase("position=maybe", "position must be one of unknown, yes, no")]
    [TestCase("show=all", "show must be one of mine, open, overdue, silent; found 'all'")]
    [TestCase("sort=name", "sort must be one of position, age, pivotal")]
    [TestCase("group=african", "group must be the key of a group")]
    [TestCase("assignee=Nobody", "assignee must be me, or the label of a key; found 'Nobody'")]
    [TestCase("gap=none", "gap must be one of no-assignee, never-contacted")]
    [TestCase("position=yes&position=no", "position must be named once")]
    [TestCase("show=x&sort=y", "show must be", "sort must be")]
    [TestCase("<script>=1", "is not a known filter")]
    public async Task A_wrong_filter_is_named(string filter, params string[] texts)
    {
        using var app = new App();
        using var answer = await app.Lobbyist.Put("/v1/views/a", new { filter, resolution = "none" });
        var faults = DeskRequests.Faults(await answer.ShouldBeProblem(400, "filter", "resolution"));
        texts.ShouldAllBe(text => faults["filter"].Contains(text, StringComparison.Ordinal), faults["filter"]);
        (await app.Lobbyist.GetItems("/v1/views")).ShouldBeEmpty();
    }

    [Test]
    public async Task A_wrong_body_is_rejected_by_name()
    {
        using var app = new App();
        foreach (
            var (body, field) in ((object, string)[])
                [
                    (new { shared = "yes" }, "shared"),
                    (new { filter = new string('x', 2_001) }, "filter"),
                    (new { filter = "q=" + new string('x', 201) }, "filter"),
                    (new { resolution = "" }, "resolution"),
                    (new { link = "https://example.org" }, "link"),
                ]
        )
        {
            using var answer = await app.Lobbyist.Put("/v1/views/a", body);
            await answer.ShouldBeProblem(400, field);
        }
    }
}
