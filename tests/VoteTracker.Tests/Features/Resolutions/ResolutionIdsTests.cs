using System.Net;
using static VoteTracker.Tests.Features.Resolutions.ResolutionBodies;

namespace VoteTracker.Tests.Features.Resolutions;

/// <summary>The id of a resolution comes from its symbol or from the client.</summary>
[EveryEngine]
public sealed class ResolutionIdsTests
{
    [Test]
    public async Task Ids_are_derived_from_symbols()
    {
        using var app = new App();
        foreach (
            var (symbol, id) in ((string, string)[])
                [
                    ("A/RES/ES-10/99", "es-10-99"),
                    ("A/ES-10/L.34/Rev.1", "es-10-l-34-rev-1"),
                    ("A/RES/997(ES-I)", "997-es-i"),
                    ("a/res/es-10/98", "es-10-98"),
                    ("ES-10/L.35", "es-10-l-35"),
                    ("A/ES-10/PV.1 – draft", "es-10-pv-1-draft"),
                ]
        )
        {
            (await app.OpenDraft(symbol: symbol)).ShouldBe(id);
            (await app.Viewer.GetJson($"/v1/resolutions/{id}")).Text("symbol").ShouldBe(symbol);
        }
    }

    [Test]
    public async Task A_symbol_that_gives_no_id_is_a_400()
    {
        using var app = new App();
        using var none = await Post(app, new { symbol = "ÄÖÜ" });
        await none.ShouldBeProblem(400, "id");
        using var longer = await Post(app, new { symbol = new string('x', 65) });
        await longer.ShouldBeProblem(400, "id");
        using var named = await Post(app, new { symbol = "ÄÖÜ", id = "umlauts" });
        named.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [TestCase("today")]
    [TestCase("gaps")]
    [TestCase("tasks")]
    public async Task An_id_that_is_a_page_of_the_desk_is_a_400(string id)
    {
        using var app = new App();
        using var named = await Post(app, new { id });
        await named.ShouldBeProblem(400, "id");
        using var derived = await Post(app, new { symbol = $"A/{id}" });
        await derived.ShouldBeProblem(400, "id");
    }

    [Test]
    public async Task A_client_may_give_its_own_id()
    {
        using var app = new App();
        foreach (var id in (string[])["a", "0", "a-b", "a--b", "2026-draft", new string('x', 64)])
        {
            using var answer = await Post(app, new { id });
            answer.StatusCode.ShouldBe(HttpStatusCode.Created, id);
            (await app.Viewer.GetJson($"/v1/resolutions/{id}")).Text("id").ShouldBe(id);
        }
    }

    [Test]
    public async Task An_invalid_id_is_a_400_and_opens_nothing()
    {
        using var app = new App();
        string[] ids =
        [
            "",
            " ",
            "A",
            "-a",
            "a-",
            "a/b",
            "a.b",
            "..",
            "a b",
            "é",
            "٣",
            "а",
            "x'; DROP TABLE resolution; --",
            "a%2fb",
            new('x', 65),
        ];
        foreach (var id in ids)
        {
            using var answer = await Post(app, new { id });
            ((int)answer.StatusCode).ShouldBe(400, id);
            await answer.ShouldBeProblem(400, "id");
        }
        (await app.Viewer.GetItems("/v1/resolutions")).Count.ShouldBe(43);
    }

    [Test]
    public async Task A_path_with_an_invalid_id_is_a_404_problem()
    {
        using var app = new App();
        string[] ids =
        [
            "a%2Fb",
            "a/b",
            "a.b",
            "%2e%2e",
            "%C3%A9",
            "%E2%80%AE",
            "x'%3B%20DROP%20TABLE%20resolution%3B%20--",
            "'%20OR%20'1'='1",
            "ES-10-27",
            "es-10-27%20",
            new('x', 2_000),
        ];
        foreach (var id in ids)
        {
            foreach (var rest in (string[])["", "/tally", "/stances", "/breakdown", "/roll-call", "/tally/stream"])
            {
                using var answer = await app.Coordinator.GetAsync($"/v1/resolutions/{id}{rest}");
                ((int)answer.StatusCode).ShouldBe(404, id + rest);
                await answer.ShouldBeProblem(404);
            }
            using var patch = await app.Coordinator.Send(
                HttpMethod.Patch,
                $"/v1/resolutions/{id}",
                new { title = "x" }
            );
            ((int)patch.StatusCode).ShouldBe(404, id);
        }
        (await app.Anonymous.GetItems("/v1/resolutions")).Count.ShouldBe(43);
    }

    [Test]
    public async Task An_id_that_is_taken_is_a_409_also_by_its_symbol()
    {
        using var app = new App();
        using var bySymbol = await Post(app, new { symbol = "A/RES/ES-10/27" });
        (await bySymbol.ShouldBeProblem(409)).Text("type").ShouldBe("/problems/duplicate-id");
        using var byId = await Post(app, new { id = "es-10-27" });
        await byId.ShouldBeProblem(409);
        (await app.Anonymous.GetJson("/v1/resolutions/es-10-27")).Int("version").ShouldBe(1);
    }
}
