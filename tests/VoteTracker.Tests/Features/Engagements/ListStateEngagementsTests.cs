using static VoteTracker.Tests.Features.Engagements.DeskRequests;

namespace VoteTracker.Tests.Features.Engagements;

[EveryEngine]
public sealed class ListStateEngagementsTests
{
    [Test]
    public async Task Filters_select_engagements_and_the_newest_day_comes_first()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        var contact = await Contact(app, "ZAF");
        await app.Lobbyist.Add("/v1/engagements", Meeting(new { on = "2026-11-18", assignee = "me" }));
        await app.Lobbyist.Add("/v1/engagements", Meeting(new { on = "2026-11-20", kind = "call" }));
        await app.Lobbyist.Add(
            "/v1/engagements",
            Meeting(
                new
                {
                    memberState = "ZAF",
                    on = "2026-11-19",
                    contacts = new[] { contact },
                    resolution = draft,
                }
            )
        );
        await app.Coordinator.Add("/v1/engagements", Meeting(new { on = "2026-11-18", assignee = "me" }));
        foreach (
            var (query, expected) in ((string, long[])[])
                [
                    ("", [2, 3, 4, 1]),
                    ("?memberState=nor", [2, 4, 1]),
                    ($"?resolution={draft}", [3]),
                    ($"?contact={contact}", [3]),
                    ("?kind=call", [2]),
                    ("?assignee=me", [1]),
                    ("?assignee=coordinator", [4]),
                    ("?from=2026-11-19", [2, 3]),
                    ("?to=2026-11-18", [4, 1]),
                    ("?from=2026-11-19&to=2026-11-19", [3]),
                    ($"?memberState=ZAF&contact={contact}&kind=meeting&resolution={draft}", [3]),
                ]
        )
        {
            (await app.Lobbyist.Numbers($"/v1/engagements{query}")).ShouldBe(expected, query);
        }
    }

    [Test]
    public async Task Pages_have_every_engagement_once()
    {
        using var app = new App();
        for (var i = 0; i < 7; i++)
        {
            await app.Lobbyist.Add("/v1/engagements", Meeting(new { on = $"2026-11-1{i / 3}" }));
        }
        var seen = new List<long>();
        string? next = "/v1/engagements?limit=2";
        while (next is not null)
        {
            using var answer = await app.Lobbyist.GetAsync(next);
            seen.AddRange((await answer.Json())["items"]!.AsArray().Select(e => e!["id"]!.GetValue<long>()));
            next = answer.Headers.TryGetValues("Link", out var link) ? link.Single().Split('<', '>')[1] : null;
        }
        seen.ShouldBe([7, 6, 5, 4, 3, 2, 1]);
    }

    [Test]
    public async Task Wrong_filters_are_all_named()
    {
        using var app = new App();
        foreach (
            var (query, fields) in ((string, string[])[])
                [
                    ("?memberState=XXX&kind=x&from=y&to=z", ["memberState", "kind", "from", "to"]),
                    ("?resolution=none&contact=none&assignee=none", ["resolution", "contact", "assignee"]),
                    ("?states=NOR", ["states"]),
                    ("?cursor=x&limit=0", ["cursor", "limit"]),
                ]
        )
        {
            using var answer = await app.Lobbyist.GetAsync($"/v1/engagements{query}");
            Faults(await answer.ShouldBeProblem(400)).Keys.ShouldBeInAnyOrder(fields);
        }
    }

    [TestCase("0")]
    [TestCase("-1")]
    [TestCase("x")]
    [TestCase("1.0")]
    [TestCase("99999999999999999999999")]
    public async Task A_number_that_no_engagement_has_is_a_404(string number)
    {
        using var app = new App();
        await app.Lobbyist.Add("/v1/engagements", Meeting(new { tasks = new object[] { new { what = "x" } } }));
        foreach (
            var path in (string[])
                [$"/v1/engagements/{number}", $"/v1/engagements/{number}/history", $"/v1/tasks/{number}"]
        )
        {
            using var answer = await app.Lobbyist.GetAsync(path);
            await answer.ShouldBeProblem(404);
        }
    }
}
